//! Decisions in words, for messages.

use scopewright_model::{Decision, Framework, Policy};

/// What a caller must bring, as it reads after "requires": `` `a` and `b`, or `c` ``.
pub fn requirement(decision: &Decision, policy: &Policy) -> String {
    match decision {
        Decision::Scoped(any_of) => {
            let alternatives: Vec<String> = any_of
                .iter()
                .map(|all_of| {
                    let names: Vec<String> =
                        all_of.iter().map(|scope| format!("`{}`", policy.scope(*scope).name)).collect();
                    names.join(" and ")
                })
                .collect();
            alternatives.join(", or ")
        }
        Decision::Authenticated => "any valid credential".to_owned(),
        Decision::Public { reason } => format!("nothing (public: `{reason}`)"),
        Decision::OptionalAuth => "nothing (a credential is optional)".to_owned(),
        Decision::Refused => "what no caller can bring (refused)".to_owned(),
        Decision::Deferred { ticket } => format!("a decision that is still open (`{ticket}`)"),
    }
}

/// `one` or `one and 2 more`.
pub(super) fn and_more(first: &str, count: usize) -> String {
    match count.saturating_sub(1) {
        0 => format!("`{first}`"),
        rest => format!("`{first}` and {rest} more"),
    }
}

/// The call that puts a part which stays the framework's own behind a door.
pub(super) const fn door(framework: Framework) -> &'static str {
    match framework {
        Framework::ActixWeb => "`.service_actix::<scopes::Scope>(part)` on `scopewright::actix::App`",
        _ => "`scopewright::axum::Router::new().merge_axum::<scopes::Scope>(part)`",
    }
}
