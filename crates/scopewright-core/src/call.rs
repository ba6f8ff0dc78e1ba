//! A call that two operations are about: an endpoint that takes it, and what it asks for there, an MCP tool.

use crate::{Decision, Requirement, ScopeIndex, Verdict};
use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// Whose decision answers a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answering {
    /// Both let it through.
    Neither,
    /// The endpoint's, as if nothing but the endpoint were asked for.
    Endpoint,
    /// That of what is called.
    Called,
    /// Scopes are missing, and what is told are those of both.
    Both,
}

/// Whose decision answers a call, from what each says of it.
///
/// The endpoint comes first: to whom it says no for another reason than scopes, it says nothing about what lies behind
/// it. Where scopes are what is missing, the answer names those of both, so that they are asked for once.
///
/// ```
/// use scopewright_core::{Answering, Verdict, answering};
/// assert_eq!(answering(Verdict::InsufficientScope, Verdict::Allowed), Answering::Both);
/// assert_eq!(answering(Verdict::InsufficientScope, Verdict::Undecided), Answering::Endpoint);
/// assert_eq!(answering(Verdict::Allowed, Verdict::Undecided), Answering::Called);
/// ```
pub const fn answering(endpoint: Verdict, called: Verdict) -> Answering {
    match (endpoint, called) {
        (Verdict::Allowed, Verdict::Allowed) => Answering::Neither,
        (Verdict::Allowed, Verdict::InsufficientScope)
        | (Verdict::InsufficientScope, Verdict::Allowed | Verdict::InsufficientScope) => Answering::Both,
        (Verdict::Allowed, _) => Answering::Called,
        _ => Answering::Endpoint,
    }
}

/// What meets two decisions at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined<'a> {
    /// One of them asks for all that the other does.
    One(Decision<'a>),
    /// Both ask for scopes: these alternatives, sorted, the scopes of each sorted.
    Scoped(Vec<Vec<ScopeIndex>>),
}

/// What meets both decisions: the one that asks for more, and of two that ask for scopes each alternative of one with
/// each of the other.
///
/// ```
/// use scopewright_core::{Decision, Joined, Requirement, ScopeIndex, joined};
/// let scoped = |any_of| Decision::Scoped(Requirement::new(any_of));
/// let (one, other) = (scoped(&[&[ScopeIndex(3)]]), scoped(&[&[ScopeIndex(1)]]));
/// assert_eq!(joined(one, other), Joined::Scoped(vec![vec![ScopeIndex(1), ScopeIndex(3)]]));
/// assert_eq!(joined(Decision::Authenticated, one), Joined::One(one));
/// ```
pub fn joined<'a>(one: Decision<'a>, other: Decision<'a>) -> Joined<'a> {
    let more = |decision: Decision<'_>| match decision {
        Decision::Public => 0,
        Decision::OptionalAuth => 1,
        Decision::Authenticated => 2,
        Decision::Scoped(_) => 3,
        Decision::Refused => 4,
        Decision::Deferred => 5,
    };
    match (one, other) {
        (Decision::Scoped(one), Decision::Scoped(other)) => Joined::Scoped(product(one, other)),
        (one, other) if more(one) >= more(other) => Joined::One(one),
        (_, other) => Joined::One(other),
    }
}

fn product(one: Requirement<'_>, other: Requirement<'_>) -> Vec<Vec<ScopeIndex>> {
    let mut any_of: BTreeSet<BTreeSet<ScopeIndex>> = BTreeSet::new();
    for all_of in one.alternatives() {
        for also in other.alternatives() {
            any_of.insert(all_of.iter().chain(*also).copied().collect());
        }
    }
    any_of.into_iter().map(|all_of| all_of.into_iter().collect()).collect()
}
