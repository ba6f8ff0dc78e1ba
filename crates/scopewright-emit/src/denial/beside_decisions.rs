//! Which operations a caller may be denied for what no decision says: something the service asks does not answer, or the
//! request carries more than one credential.

use scopewright_model::competing::refused_together;
use scopewright_model::core::{Verdict, decide_invalid_credential};
use scopewright_model::policy::{AuthMode, CredentialKind};
use scopewright_model::{Decision, Operation, Policy};

/// Whether an operation may be: its decision depends on a credential, which has to be checked, or a call of it may have
/// to be written to the audit log.
pub fn may_be_unavailable(policy: &Policy, operation: &Operation) -> bool {
    looks_at_credentials(operation) || may_be_audited(policy, operation)
}

/// Whether an operation may be denied to a request that carries two credentials, because neither yields to the other.
pub fn may_be_invalid_request(policy: &Policy, operation: &Operation) -> bool {
    looks_at_credentials(operation) && refused_together(&policy.modes).is_some()
}

/// Whether an operation may be denied to a caller whose credential is not valid: as far as the decision goes, and by the
/// modes of which such a credential can be.
pub fn may_be_denied_for_invalid(policy: &Policy, operation: &Operation) -> bool {
    let counts =
        |mode: &AuthMode| !mode.invalid_counts_as_none && mode.credential != CredentialKind::MutualTls;
    let is_open = operation.verdict(policy, None) == Verdict::Allowed;
    looks_at_credentials(operation) && (!is_open || policy.modes.iter().any(counts))
}

fn looks_at_credentials(operation: &Operation) -> bool {
    operation.as_core(decide_invalid_credential) == Verdict::Unauthenticated
}

/// Whether an audited scope may let somebody in: it is named, or implies one that is.
fn may_be_audited(policy: &Policy, operation: &Operation) -> bool {
    let decisions = operation.by_mode.values().chain([&operation.otherwise]);
    let mut named = decisions.flat_map(Decision::alternatives).flatten();
    named.any(|named| policy.scopes.iter().any(|held| held.audit && held.closure.contains(named)))
}
