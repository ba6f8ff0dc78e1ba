//! The fewest scopes an operation can be called with: alternatives without what implication makes redundant.

use scopewright_model::Policy;
use scopewright_model::core::ScopeIndex;

/// The alternatives a reader should choose between: no scope that another of the same alternative gives, no
/// alternative that asks for more than another one.
pub fn least_alternatives(policy: &Policy, alternatives: &[Vec<ScopeIndex>]) -> Vec<Vec<ScopeIndex>> {
    let mut shortened: Vec<Vec<ScopeIndex>> =
        alternatives.iter().map(|all_of| without_implied(policy, all_of)).collect();
    shortened.sort();
    shortened.dedup();
    let asks_for_more = |candidate: &Vec<ScopeIndex>| {
        shortened.iter().any(|other| {
            other != candidate
                && gives(policy, candidate, other)
                // Of two that give each other (a cycle can't be declared, but equal closures may meet), keep the first.
                && (!gives(policy, other, candidate) || other < candidate)
        })
    };
    shortened.iter().filter(|candidate| !asks_for_more(candidate)).cloned().collect()
}

/// Whether holding `held` is holding all of `wanted`.
fn gives(policy: &Policy, held: &[ScopeIndex], wanted: &[ScopeIndex]) -> bool {
    wanted.iter().all(|scope| held.iter().any(|own| policy.scope(*own).closure.contains(scope)))
}

fn without_implied(policy: &Policy, all_of: &[ScopeIndex]) -> Vec<ScopeIndex> {
    let is_implied = |scope: &ScopeIndex| {
        all_of.iter().any(|other| other != scope && policy.scope(*other).closure.contains(scope))
    };
    all_of.iter().copied().filter(|scope| !is_implied(scope)).collect()
}
