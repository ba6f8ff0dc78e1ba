//! Which of two decisions asks for more.

use super::ruling::Ruling;
use scopewright_model::core::{ModeIndex, ScopeEnforcement, ScopeIndex};
use scopewright_model::{Decision, Policy};
use std::collections::BTreeSet;

/// Whether a decision for `caller` (a mode, or a caller without a credential) keeps to a floor: it may ask for more, and
/// a mode that may never call is as strict as it gets. What counts is who gets in: scopes bring those they imply, and
/// where the scopes of a mode are not checked, every credential of it is as good as another.
pub(super) fn keeps_to(own: &Decision, floor: &Decision, caller: Option<ModeIndex>, policy: &Policy) -> bool {
    let is_unchecked = caller.is_some_and(|mode| policy.mode(mode).enforcement == ScopeEnforcement::Skipped);
    match (own, floor) {
        (Decision::Deferred { .. }, _)
        | (
            Decision::Refused,
            Decision::Scoped(_) | Decision::Authenticated | Decision::Refused | Decision::Deferred { .. },
        )
        | (Decision::Scoped(_), Decision::Authenticated) => true,
        (Decision::Scoped(_) | Decision::Authenticated, Decision::Scoped(_)) if is_unchecked => true,
        (Decision::Scoped(own), Decision::Scoped(asked)) => own.iter().all(|all_of| {
            let held = closed(all_of, policy);
            asked.iter().any(|needed| needed.iter().all(|scope| held.contains(scope)))
        }),
        (own, floor) => own == floor,
    }
}

/// Whether somebody gets in by `one` who would not by `other`.
pub(super) fn lets_in_more(one: &Ruling, other: &Ruling, policy: &Policy) -> bool {
    let is_open = |decision: &Decision| matches!(decision, Decision::Public { .. } | Decision::OptionalAuth);
    let lets_in_anybody = |ruling: &Ruling| ruling.decisions().any(is_open);
    if lets_in_anybody(other) {
        return false;
    }
    lets_in_anybody(one)
        || policy
            .modes_of_callers()
            .any(|(mode, _)| !keeps_to(one.for_mode(mode), other.for_mode(mode), Some(mode), policy))
}

/// The scopes with all that they imply.
fn closed(scopes: &[ScopeIndex], policy: &Policy) -> BTreeSet<ScopeIndex> {
    let implied = scopes.iter().flat_map(|scope| policy.scope(*scope).closure.iter().copied());
    scopes.iter().copied().chain(implied).collect()
}
