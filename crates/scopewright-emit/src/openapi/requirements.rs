//! What an operation asks for, as a document says it: `security`, and our extension for what `security` can't say.

use super::reading::Version;
use crate::published::published_alternatives;
use scopewright_model::core::{ModeIndex, ScopeEnforcement, ScopeIndex, Verdict};
use scopewright_model::policy::{AuthMode, RouteStatus};
use scopewright_model::{Decision, Operation, Policy};
use serde_json::{Map, Value, json};

/// The name of every extension of ours.
pub const EXTENSION: &str = "x-scopewright";

/// What one operation gets.
#[derive(Debug, Clone, PartialEq)]
pub struct OperationSecurity {
    /// The alternatives; none means that the document can't say it (a policy without auth modes).
    pub security: Option<Vec<Value>>,
    /// Our extension, if there is something to add.
    pub extension: Option<Value>,
}

/// What a document says about an operation.
///
/// `takes_scopes` tells whether the document's scheme of a mode may list scopes in `security` (OpenAPI 3.0.4, section
/// 4.8.30: only `oauth2` and `openIdConnect`; from 3.1 on every type may list roles).
pub fn operation_security(
    policy: &Policy,
    operation: &Operation,
    version: Version,
    takes_scopes: impl Fn(ModeIndex) -> bool,
) -> OperationSecurity {
    let exact = alternatives(policy, operation, |_| true);
    let written = match version {
        Version::V3_1 => exact.clone(),
        Version::V3_0 => alternatives(policy, operation, takes_scopes),
    };
    let mut extension = Map::new();
    if written != exact {
        extension.insert("security".to_owned(), Value::from(exact));
    }
    describe_decisions(policy, operation, &mut extension);
    if operation.status != RouteStatus::Stable {
        extension.insert("status".to_owned(), Value::from(operation.status.as_str()));
    }
    let may_require = operation.may_require.iter().filter(|(scope, _)| !policy.scope(*scope).hidden);
    let may_require: Vec<Value> =
        may_require.map(|(scope, when)| json!({"scope": policy.scope(*scope).name, "when": when})).collect();
    if !may_require.is_empty() {
        extension.insert("may-require".to_owned(), Value::from(may_require));
    }
    OperationSecurity {
        security: (!policy.modes.is_empty() || written.is_empty()).then_some(written),
        extension: (!extension.is_empty()).then_some(Value::Object(extension)),
    }
}

/// The security requirement objects: any one of them is enough. An empty list means that nothing is needed.
fn alternatives(
    policy: &Policy,
    operation: &Operation,
    takes_scopes: impl Fn(ModeIndex) -> bool,
) -> Vec<Value> {
    let is_open = operation.verdict(policy, None) == Verdict::Allowed;
    let every_decision = || policy.modes_of_callers().map(|(mode, _)| operation.for_mode(mode));
    if is_open && every_decision().all(|decision| matches!(decision, Decision::Public { .. })) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if is_open {
        found.push(json!({}));
    }
    for (index, mode) in policy.modes_of_callers() {
        let decision = operation.for_mode(index);
        let wanted: Vec<Vec<&str>> = match decision {
            Decision::Scoped(any_of)
                if mode.enforcement == ScopeEnforcement::Enforced
                    && schemes_of(index, mode).any(&takes_scopes) =>
            {
                let published = published_alternatives(policy, any_of);
                let names = |all_of: &Vec<ScopeIndex>| {
                    all_of.iter().map(|scope| policy.scope(*scope).name.as_str()).collect()
                };
                // Where only unlisted scopes open it, the scheme is named alone and our extension says so.
                if published.is_empty() { vec![Vec::new()] } else { published.iter().map(names).collect() }
            }
            Decision::Scoped(_)
            | Decision::Authenticated
            | Decision::Public { .. }
            | Decision::OptionalAuth => {
                vec![Vec::new()]
            }
            Decision::Refused | Decision::Deferred { .. } => continue,
        };
        for scopes in wanted {
            let requirement = requirement(policy, schemes_of(index, mode), &scopes, &takes_scopes);
            if !found.contains(&requirement) {
                found.push(requirement);
            }
        }
    }
    if found.is_empty() {
        // Nobody may call it. An empty list would say the opposite, so every mode is named; the 403 response and our
        // extension say that none of them is enough.
        let named = |(index, mode)| requirement(policy, schemes_of(index, mode), &[], &takes_scopes);
        found.extend(policy.modes_of_callers().map(named));
    }
    found
}

/// Says in words what `security` has no form for.
fn describe_decisions(policy: &Policy, operation: &Operation, extension: &mut Map<String, Value>) {
    let is_open = operation.verdict(policy, None) == Verdict::Allowed;
    let public_reason =
        operation.by_mode.values().chain([&operation.otherwise]).find_map(|decision| match decision {
            Decision::Public { reason } => Some(reason),
            _ => None,
        });
    if let Some(reason) = public_reason {
        let declared = policy.public_reasons.get(reason).map_or(reason, |declared| &declared.value);
        extension.insert("public".to_owned(), Value::from(declared.as_str()));
    }
    let by_mode = || policy.modes_of_callers().map(|(mode, _)| operation.for_mode(mode));
    let ticket = by_mode().find_map(|decision| match decision {
        Decision::Deferred { ticket } => Some(ticket),
        _ => None,
    });
    let has_unlisted = policy.modes_of_callers().any(|(index, mode)| {
        let alternatives = operation.for_mode(index).alternatives();
        mode.enforcement == ScopeEnforcement::Enforced
            && !alternatives.is_empty()
            && published_alternatives(policy, alternatives).is_empty()
    });
    if has_unlisted {
        extension.insert("unlisted-scope".to_owned(), Value::from(true));
    }
    if let Some(ticket) = ticket {
        extension.insert("deferred".to_owned(), Value::from(ticket.as_str()));
    } else if !is_open && by_mode().all(|decision| *decision == Decision::Refused) {
        extension.insert("refused".to_owned(), Value::from(true));
    }
}

/// The modes whose schemes a credential of this one takes, all of them together.
fn schemes_of(index: ModeIndex, mode: &AuthMode) -> impl Iterator<Item = ModeIndex> + '_ {
    let members = mode.credential.members();
    members.iter().copied().chain(members.is_empty().then_some(index))
}

/// A security requirement object: all of its schemes are needed. The scopes are named at each that takes some.
fn requirement(
    policy: &Policy,
    schemes: impl Iterator<Item = ModeIndex>,
    scopes: &[&str],
    takes_scopes: impl Fn(ModeIndex) -> bool,
) -> Value {
    let of_scheme = |mode: ModeIndex| {
        let scopes = if takes_scopes(mode) { scopes } else { &[] };
        (policy.mode(mode).name.clone(), Value::from(scopes))
    };
    Value::Object(schemes.map(of_scheme).collect())
}
