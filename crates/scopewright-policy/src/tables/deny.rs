//! `deny`: warnings that are errors for this policy.

use crate::context::Context;
use crate::nearest::listed;
use crate::raw::{Field, List, Node, Raw, ValueShape};
use scopewright_model::{Code, Diagnostic, Level};

/// A warning.
#[derive(Debug)]
pub(crate) struct Warning(Code);

/// Every finding that is a warning unless a policy says otherwise.
pub(crate) fn warnings() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| code.level() == Level::Warning)
}

impl Raw for Warning {
    const SHAPE: ValueShape = ValueShape::Warning;

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let text = node.text(cx)?;
        let all = || warnings().map(Code::name);
        let why = match text.parse::<Code>() {
            Ok(code) if code.level() == Level::Warning => return Some(Self(code)),
            Ok(_) => "is an error already",
            Err(_) => "is no warning",
        };
        let finding =
            Diagnostic::new(Code::InvalidValue, format!("`{text}` {why}"), node.span(cx), "can't be denied")
                .help(format!("`deny` takes {}", listed(all())));
        let finding = cx.with_nearest(finding, text, all());
        cx.report(finding);
        None
    }
}

/// `deny`, checked.
pub(crate) fn check(list: Option<Field<List<Warning>>>) -> Vec<Code> {
    let mut codes: Vec<Code> = list
        .map(|field| field.value.0.into_iter().map(|warning| warning.value.0).collect())
        .unwrap_or_default();
    codes.sort_unstable();
    codes.dedup();
    codes
}
