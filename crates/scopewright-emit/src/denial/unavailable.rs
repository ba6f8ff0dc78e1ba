//! Which operations a caller may be denied because something the service asks does not answer.

use scopewright_model::core::{Verdict, decide_invalid_credential};
use scopewright_model::{Decision, Operation, Policy};

/// Whether an operation may be: its decision depends on a credential, which has to be checked, or a call of it may have
/// to be written to the audit log.
pub fn may_be_unavailable(policy: &Policy, operation: &Operation) -> bool {
    operation.as_core(decide_invalid_credential) == Verdict::Unauthenticated
        || may_be_audited(policy, operation)
}

/// Whether an audited scope may let somebody in: it is named, or implies one that is.
fn may_be_audited(policy: &Policy, operation: &Operation) -> bool {
    let decisions = operation.by_mode.values().chain([&operation.otherwise]);
    let mut named = decisions.flat_map(Decision::alternatives).flatten();
    named.any(|named| policy.scopes.iter().any(|held| held.audit && held.closure.contains(named)))
}
