//! Realistic examples of denials: asked of the decision function, so what documents show is what a server answers.

use super::{DenialKind, may_be_invalid_request, may_be_unavailable};
use crate::published::is_published;
use scopewright_model::core::{ModeIndex, Placeholder, ScopeEnforcement, ScopeIndex, Verdict};
use scopewright_model::policy::{BodyValue, GrantedForm};
use scopewright_model::{Operation, Plan, Policy};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// How many scopes the caller of an example holds, if there are that many that don't help.
const SCOPES_HELD_IN_EXAMPLE: usize = 2;

/// A call that is denied, and the answer to it.
#[derive(Debug, Clone, PartialEq)]
pub struct DenialExample {
    /// `GET /cameras`.
    pub operation: String,
    /// The auth mode of the caller, if there is a caller.
    pub mode: Option<String>,
    /// The scopes granted to the caller, sorted by name.
    pub granted: Vec<String>,
    /// The scopes the caller still needs, sorted by name.
    pub missing: Vec<String>,
    /// The body, if one is declared.
    pub body: Option<Value>,
}

/// The first operation that can be denied this way, called by a caller for whom it is.
pub fn example(plan: &Plan, kind: DenialKind) -> Option<DenialExample> {
    if kind == DenialKind::Unauthenticated {
        let is_denied = |it: &Operation| it.verdict(&plan.policy, None) == Verdict::Unauthenticated;
        return example_without_caller(plan, kind, is_denied);
    }
    if kind == DenialKind::Unavailable {
        return example_without_caller(plan, kind, |it| may_be_unavailable(&plan.policy, it));
    }
    if kind == DenialKind::InvalidRequest {
        return example_without_caller(plan, kind, |it| may_be_invalid_request(&plan.policy, it));
    }
    plan.operations.iter().find_map(|operation| example_of(&plan.policy, operation, kind))
}

/// A caller of whom nothing is known, at an operation that asks for scopes if one of those that deny it does.
fn example_without_caller(
    plan: &Plan,
    kind: DenialKind,
    is_denied: impl Fn(&Operation) -> bool,
) -> Option<DenialExample> {
    let policy = &plan.policy;
    let asks_for_scopes = |operation: &&Operation| {
        policy.modes_indexed().any(|(mode, _)| !operation.for_mode(mode).alternatives().is_empty())
    };
    let mut denied = plan.operations.iter().filter(|operation| is_denied(operation));
    let operation = denied.clone().find(asks_for_scopes).or_else(|| denied.next())?;
    filled(policy, operation, kind, None, &[])
}

fn example_of(policy: &Policy, operation: &Operation, kind: DenialKind) -> Option<DenialExample> {
    policy.modes_indexed().find_map(|(mode, auth_mode)| {
        let is_denied = |granted: &[ScopeIndex]| {
            DenialKind::of_verdict(operation.verdict(policy, Some((mode, granted)))) == Some(kind)
        };
        if !is_denied(&[]) || !is_published(policy, &operation.missing_scopes(policy, mode, &[])) {
            return None;
        }
        let mut granted = Vec::new();
        if auth_mode.enforcement == ScopeEnforcement::Enforced {
            hold_useless_scopes(policy, &mut granted, is_denied);
        }
        filled(policy, operation, kind, Some(mode), &granted)
    })
}

/// Adds the first scopes of the policy that leave the caller denied.
fn hold_useless_scopes(
    policy: &Policy,
    granted: &mut Vec<ScopeIndex>,
    is_denied: impl Fn(&[ScopeIndex]) -> bool,
) {
    for (index, scope) in policy.scopes_indexed() {
        if granted.len() == SCOPES_HELD_IN_EXAMPLE {
            return;
        }
        if scope.status.is_live() && !scope.hidden {
            granted.push(index);
            if !is_denied(granted) {
                granted.pop();
            }
        }
    }
}

fn filled(
    policy: &Policy,
    operation: &Operation,
    kind: DenialKind,
    mode: Option<ModeIndex>,
    granted: &[ScopeIndex],
) -> Option<DenialExample> {
    let denial = kind.declared(policy)?;
    let names = |scopes: &mut dyn Iterator<Item = ScopeIndex>| -> Vec<String> {
        let names: BTreeSet<String> = scopes.map(|scope| policy.scope(scope).name.clone()).collect();
        names.into_iter().collect()
    };
    let missing = mode.map(|mode| operation.missing_scopes(policy, mode, granted)).unwrap_or_default();
    let missing = names(&mut missing.into_iter());
    let shown = match denial.granted {
        GrantedForm::Raw => names(&mut granted.iter().copied()),
        GrantedForm::Closure => {
            names(&mut granted.iter().flat_map(|scope| policy.scope(*scope).closure.iter().copied()))
        }
    };
    let caller = mode;
    let mode = mode.map(|mode| policy.mode(mode).name.clone());
    let is_told = denial.discloses_to(caller);
    let told = |names: &[String]| if is_told { names.to_vec() } else { Vec::new() };
    let holes =
        Holes { operation, mode: mode.as_deref(), missing: &told(&missing), granted: &told(&shown), is_told };
    let body = denial.body.as_ref().map(|body| holes.fill(body));
    Some(DenialExample {
        operation: operation.title(),
        granted: names(&mut granted.iter().copied()),
        body,
        mode,
        missing,
    })
}

/// What the holes of a body stand for in one call.
struct Holes<'a> {
    operation: &'a Operation,
    mode: Option<&'a str>,
    missing: &'a [String],
    granted: &'a [String],
    /// Whether the caller is told about scopes at all.
    is_told: bool,
}

impl Holes<'_> {
    fn fill(&self, body: &BodyValue) -> Value {
        match body {
            BodyValue::Text(text) => Value::from(text.as_str()),
            BodyValue::Integer(number) => Value::from(*number),
            BodyValue::Float(number) => Value::from(*number),
            BodyValue::Boolean(truth) => Value::from(*truth),
            BodyValue::Array(items) => items.iter().map(|item| self.fill(item)).collect(),
            BodyValue::Object(entries) => Value::Object(
                entries.iter().map(|(key, value)| (key.clone(), self.fill(value))).collect::<Map<_, _>>(),
            ),
            BodyValue::Hole(placeholder) => self.value(*placeholder),
        }
    }

    fn value(&self, placeholder: Placeholder) -> Value {
        match placeholder {
            Placeholder::RequiredFirst
            | Placeholder::RequiredJoined
            | Placeholder::GrantedJoined
            | Placeholder::Mode
                if !self.is_told =>
            {
                Value::Null
            }
            Placeholder::Required => Value::from(self.missing),
            Placeholder::RequiredFirst => Value::from(self.missing.first().map_or("", String::as_str)),
            Placeholder::RequiredJoined => Value::from(self.missing.join(" ")),
            Placeholder::Granted => Value::from(self.granted),
            Placeholder::GrantedJoined => Value::from(self.granted.join(" ")),
            Placeholder::Method => Value::from(self.operation.method.as_str()),
            Placeholder::Path => Value::from(self.operation.path.to_string()),
            Placeholder::Mode => Value::from(self.mode.unwrap_or_default()),
        }
    }
}
