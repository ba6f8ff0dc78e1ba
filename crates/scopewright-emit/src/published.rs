//! What of a plan is shown to customers: not the scopes that a policy hides.

use scopewright_model::Policy;
use scopewright_model::core::ScopeIndex;

/// The alternatives that name no hidden scope. None are left where only hidden scopes open an operation.
pub fn published_alternatives(policy: &Policy, alternatives: &[Vec<ScopeIndex>]) -> Vec<Vec<ScopeIndex>> {
    alternatives.iter().filter(|all_of| is_published(policy, all_of)).cloned().collect()
}

/// Whether no scope of a list is hidden.
pub fn is_published(policy: &Policy, scopes: &[ScopeIndex]) -> bool {
    scopes.iter().all(|scope| !policy.scope(*scope).hidden)
}
