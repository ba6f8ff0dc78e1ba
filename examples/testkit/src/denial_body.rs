//! The body a denied call must have, worked out from the policy by other means than the service's.

use std::collections::BTreeSet;

use scopewright_model::core::{Placeholder, ScopeIndex};
use scopewright_model::policy::{BodyValue, Denial, GrantedForm};
use scopewright_model::{Operation, Policy};
use serde_json::Value;

/// What the holes of a body are filled with.
pub(crate) struct Facts<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) operation: &'a Operation,
    /// The mode and the granted scopes of a valid credential.
    pub(crate) caller: Option<(&'a str, &'a BTreeSet<ScopeIndex>)>,
    /// The scopes that are missing.
    pub(crate) missing: Vec<ScopeIndex>,
}

/// The text of a declared body; empty if none is declared.
pub(crate) fn expected(denial: &Denial, facts: &Facts<'_>) -> String {
    denial.body.as_ref().map_or_else(String::new, |body| value(body, denial, facts).to_string())
}

fn value(body: &BodyValue, denial: &Denial, facts: &Facts<'_>) -> Value {
    match body {
        BodyValue::Text(text) => text.as_str().into(),
        BodyValue::Integer(number) => (*number).into(),
        BodyValue::Float(number) => (*number).into(),
        BodyValue::Boolean(answer) => (*answer).into(),
        BodyValue::Array(items) => items.iter().map(|item| value(item, denial, facts)).collect(),
        BodyValue::Object(fields) => Value::Object(
            fields.iter().map(|(name, field)| (name.clone(), value(field, denial, facts))).collect(),
        ),
        BodyValue::Hole(hole) => filled(*hole, denial, facts),
    }
}

/// Whether scope lists may be told to this caller. One without a credential is told nothing that any mode is not told.
fn is_disclosed(denial: &Denial, facts: &Facts<'_>) -> bool {
    let to_caller = match facts.caller {
        Some((mode, _)) => !denial.undisclosed_to.contains(&facts.policy.mode_named(mode).unwrap()),
        None => denial.undisclosed_to.is_empty(),
    };
    denial.disclose && to_caller
}

fn filled(hole: Placeholder, denial: &Denial, facts: &Facts<'_>) -> Value {
    let is_disclosed = is_disclosed(denial, facts);
    let required = || if is_disclosed { names(facts, &facts.missing) } else { Vec::new() };
    let granted = || if is_disclosed { granted(denial, facts) } else { Vec::new() };
    match hole {
        Placeholder::Required => required().into(),
        Placeholder::RequiredFirst => required().first().cloned().into(),
        Placeholder::RequiredJoined => required().join(" ").into(),
        Placeholder::Granted => granted().into(),
        Placeholder::GrantedJoined => granted().join(" ").into(),
        Placeholder::Method => facts.operation.method.to_string().into(),
        Placeholder::Path => facts.operation.path.to_string().into(),
        Placeholder::Mode => facts.caller.filter(|_| is_disclosed).map(|(mode, _)| mode).into(),
    }
}

fn granted(denial: &Denial, facts: &Facts<'_>) -> Vec<String> {
    let Some((_, raw)) = facts.caller else { return Vec::new() };
    let shown = match denial.granted {
        GrantedForm::Raw => raw.clone(),
        GrantedForm::Closure => closure(facts.policy, raw),
    };
    names(facts, &shown.into_iter().collect::<Vec<_>>())
}

fn names(facts: &Facts<'_>, scopes: &[ScopeIndex]) -> Vec<String> {
    let mut names: Vec<_> = scopes.iter().map(|scope| facts.policy.scope(*scope).name.clone()).collect();
    names.sort();
    names
}

/// The scopes and all they imply, by following the declared implications one at a time.
pub(crate) fn closure(policy: &Policy, scopes: &BTreeSet<ScopeIndex>) -> BTreeSet<ScopeIndex> {
    let mut closure = scopes.clone();
    loop {
        let implied: Vec<_> =
            closure.iter().flat_map(|scope| policy.scope(*scope).implies.iter().copied()).collect();
        let before = closure.len();
        closure.extend(implied);
        if closure.len() == before {
            return closure;
        }
    }
}
