//! What the lists show a caller: what it may call and, where the policy says so, what it could ask for.

use super::asked::Call;
use crate::catalogue::{Catalogue, McpLists, McpRow};
use crate::check::verdict;
use crate::grant::Grant;
use http::request::Parts;
use rmcp::model::MetaObject;
use scopewright_core::{Decision, ScopeIndex, Verdict, contains};
use serde_json::{Value, json};

/// The member of `_meta` that says which scopes an offer needs. The shape is that of SEP-1880, which proposes a member of
/// the tool itself.
pub const AUTHORIZATION_META: &str = "scopewright/authorization";

/// How a list shows something.
pub(super) enum Shown {
    No,
    /// The caller may call it.
    Allowed,
    /// The caller could ask for the scopes; what it says of them.
    Offered(Value),
}

impl Shown {
    /// Whether it is shown. An offer says so in `_meta`.
    pub(super) fn keeps(self, meta: &mut Option<MetaObject>) -> bool {
        match self {
            Self::No => false,
            Self::Allowed => true,
            Self::Offered(needs) => {
                let meta = meta.get_or_insert_with(MetaObject::new);
                meta.0.insert(AUTHORIZATION_META.to_owned(), needs);
                true
            }
        }
    }
}

/// How a caller is shown what these rows decide, all of which have to be met.
pub(super) fn shown<C: Catalogue>(rows: &[&'static McpRow], parts: &Parts) -> Shown {
    let mut lacking = Vec::new();
    for row in rows {
        let call = Call { extensions: &parts.extensions, method: "", name: row.name };
        match verdict::<C>(&row.operation, &call) {
            Verdict::Allowed => {}
            Verdict::InsufficientScope => lacking.push(*row),
            _ => return Shown::No,
        }
    }
    if rows.is_empty() {
        return Shown::No;
    }
    if lacking.is_empty() {
        return Shown::Allowed;
    }
    let offer = parts.extensions.get::<Grant<C>>().and_then(|grant| offer(&lacking, grant));
    offer.map_or(Shown::No, Shown::Offered)
}

/// What a caller would have to ask for. None if its mode is offered nothing, or a scope is needed that is told to nobody.
fn offer<C: Catalogue>(rows: &[&'static McpRow], grant: &Grant<C>) -> Option<Value> {
    let (policy, caller) = (C::policy(), grant.caller());
    let mode = policy.mode(caller.mode)?;
    let is_told = policy.denials.insufficient_scope.discloses_to(Some(caller.mode));
    if mode.mcp_lists != McpLists::Requestable || !is_told {
        return None;
    }
    let is_held = |scope: ScopeIndex| contains(caller.closure, scope);
    let can_be_asked_for = |all_of: &&&[ScopeIndex]| {
        all_of.iter().all(|scope| is_held(*scope) || !policy.hidden.contains(scope))
    };
    let mut scopes: Vec<ScopeIndex> = Vec::new();
    let mut any_of = Vec::new();
    for row in rows {
        let Decision::Scoped(requirement) = policy.decision_for(&row.operation, caller.mode) else {
            return None;
        };
        let open: Vec<&[ScopeIndex]> =
            requirement.alternatives().iter().filter(can_be_asked_for).copied().collect();
        let missing = |all_of: &&[ScopeIndex]| all_of.iter().filter(|scope| !is_held(**scope)).count();
        scopes.extend(open.iter().copied().min_by_key(missing)?);
        any_of = open;
    }
    let names = |scopes: &[ScopeIndex]| {
        let mut names: Vec<&str> = scopes.iter().map(|scope| policy.scope_name(*scope)).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let mut needs = json!({ "scopes": names(&scopes) });
    if let (Value::Object(needs), [_], [_, _, ..]) = (&mut needs, rows, any_of.as_slice()) {
        let alternatives: Vec<_> = any_of.iter().map(|all_of| names(all_of)).collect();
        needs.insert("anyOf".to_owned(), json!(alternatives));
    }
    Some(needs)
}
