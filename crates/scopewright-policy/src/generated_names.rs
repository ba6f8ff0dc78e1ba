//! Names that generated code gives to what the policy declares: unique, and no reserved word of a target.

use crate::context::Context;
use scopewright_model::{Code, Diagnostic, Span};
use std::collections::BTreeMap;

/// `UpperCamelCase` words that a target reserves, with the target. Lower-case keywords can't be met: every generated
/// name begins with a capital. (Python 3 reference, section 2.3.1; Rust reference, "Keywords".)
const RESERVED: [(&str, &str); 4] =
    [("False", "Python"), ("None", "Python"), ("Self", "Rust"), ("True", "Python")];

/// The generated names of one kind of declaration.
#[derive(Debug)]
pub(crate) struct GeneratedNames {
    kind: &'static str,
    remedy: &'static str,
    claimed: BTreeMap<String, (String, Span)>,
}

impl GeneratedNames {
    /// `kind` is what is declared, such as `scope`; `remedy` the verb for giving it another generated name.
    pub(crate) const fn new(kind: &'static str, remedy: &'static str) -> Self {
        Self { kind, remedy, claimed: BTreeMap::new() }
    }

    /// Takes a name for what is declared as `declared` at `place`, or reports why it can't be had.
    pub(crate) fn claim(&mut self, generated: &str, declared: &str, place: &Span, cx: &mut Context<'_>) {
        let Self { kind, remedy, .. } = *self;
        if let Some((_, language)) = RESERVED.iter().find(|(word, _)| *word == generated) {
            let message =
                format!("{kind} `{declared}` would be called `{generated}`, a reserved word of {language}");
            let finding =
                Diagnostic::new(Code::ReservedName, message, place.clone(), "generated name is reserved");
            cx.report(finding.help(format!("{remedy} it")));
        }
        let (first, first_place) = match self.claimed.get(generated) {
            None => {
                self.claimed.insert(generated.to_owned(), (declared.to_owned(), place.clone()));
                return;
            }
            Some((first, first_place)) => (first, first_place),
        };
        let message = format!(
            "{kind}s `{first}` and `{declared}` would both be called `{generated}` in generated code"
        );
        let finding =
            Diagnostic::new(Code::NameCollision, message, place.clone(), format!("becomes `{generated}`"))
                .also(first_place.clone(), format!("becomes `{generated}` too"))
                .help(format!("{remedy} one of the two"));
        cx.report(finding);
    }
}
