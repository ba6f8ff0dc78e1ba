//! The answer to a question, for reading.

use super::question::Question;
use scopewright_compiler::requirement;
use scopewright_model::core::{ScopeEnforcement, Verdict};
use scopewright_model::policy::RouteStatus;
use scopewright_model::{DecidedBy, Decision};
use std::fmt::Write as _;

impl Question<'_> {
    /// What is known of the subject, and the answer if a caller is asked about.
    pub fn in_words(&self) -> String {
        let Self { subject, policy, .. } = self;
        let mut text = format!("{}\n", subject.title);
        let mut line = |name: &str, value: String| _ = writeln!(text, "  {name:<12}{value}");
        if let Some(handler) = subject.handler {
            line("handler", format!("{} ({})", handler.path, handler.definition));
        }
        line("registered", format!("{} ({})", subject.registered, subject.found_as));
        for condition in subject.conditions {
            line("only if", condition.clone());
        }
        line("decided", format!("{} ({})", place(subject.decided_by), subject.decided_by.span()));
        let mut label = "requires";
        if subject.access.by_mode.is_empty() {
            line(std::mem::take(&mut label), requirement(subject.access.otherwise, policy));
        }
        for (index, mode) in policy.modes_of_callers() {
            let decision = subject.access.for_mode(index);
            let is_skipped =
                mode.enforcement == ScopeEnforcement::Skipped && matches!(decision, Decision::Scoped(_));
            let skipped = is_skipped.then(|| {
                let reason = mode.skipped_because.as_deref().unwrap_or("scopes are not checked");
                format!("any valid credential, scopes are skipped: {reason}")
            });
            if !subject.access.by_mode.is_empty() || is_skipped {
                let required = skipped.unwrap_or_else(|| requirement(decision, policy));
                line(std::mem::take(&mut label), format!("by `{}`: {required}", mode.name));
            }
        }
        if subject.is_behind_endpoint {
            line("beside", "what the endpoint asks for that takes the call".to_owned());
        }
        if subject.status != RouteStatus::Stable {
            line("status", subject.status.as_str().to_owned());
        }
        for (scope, when) in subject.may_require {
            line("may require", format!("`{}` when {when}", policy.scope(*scope).name));
        }
        if self.asks {
            text.push_str(&self.answer());
        }
        text
    }

    fn answer(&self) -> String {
        let who = match &self.caller {
            Some((mode, granted)) if granted.is_empty() => {
                format!("A caller by `{}` without any scope", self.policy.mode(*mode).name)
            }
            Some((mode, granted)) => {
                let granted: Vec<String> =
                    self.names(granted).into_iter().map(|name| format!("`{name}`")).collect();
                format!("A caller by `{}` with {}", self.policy.mode(*mode).name, granted.join(", "))
            }
            None => "A caller without a credential".to_owned(),
        };
        let answer = match self.verdict() {
            Verdict::Allowed if self.subject.is_behind_endpoint => {
                "is allowed, where the endpoint lets it in that takes the call"
            }
            Verdict::Allowed => "is allowed",
            Verdict::Unauthenticated => "is denied: 401, a credential is needed",
            Verdict::InsufficientScope => "is denied: scopes are missing",
            Verdict::InsufficientUserAuthentication => {
                "is denied: 401, the credential's assurance is too low"
            }
            Verdict::ModeRefused => "is denied: this kind of credential may never call it",
            Verdict::Undecided => "is denied: nobody has decided who may call it",
        };
        let mut text = format!("\n{who} {answer}.\n");
        for (_, upgrade) in self.upgrades() {
            // Writing to a text can't fail.
            _ = writeln!(text, "  a credential of the mode `{}` may get in", upgrade.name);
        }
        for chain in self.because() {
            let names: Vec<String> = self.names(&chain).into_iter().map(|name| format!("`{name}`")).collect();
            // Writing to a text can't fail.
            _ = match names.as_slice() {
                [only] => writeln!(text, "  {only} is granted"),
                several => writeln!(text, "  {}", several.join(" implies ")),
            };
        }
        for name in self.names(&self.missing()) {
            _ = writeln!(text, "  `{name}` is missing");
        }
        text
    }
}

const fn place(decided_by: &DecidedBy) -> &'static str {
    match decided_by {
        DecidedBy::Attribute(_) => "by the attribute on its handler",
        DecidedBy::Registration(_) => "where it is registered",
        DecidedBy::Route(_) => "by a `[[routes]]` entry",
        DecidedBy::Family(_) => "by a family that assigns",
        DecidedBy::Source(_) => "by the document that describes it",
        DecidedBy::Resource(_) => "by `[resource]`",
        DecidedBy::McpResource(_) => "by an `[[mcp.resources]]` entry",
    }
}
