//! The scope an undecided endpoint most likely needs: what its family asks for, else what its neighbours require.

use super::families::FamilyRulings;
use super::ruling::Ruling;
use scopewright_model::core::{Method, RoutePattern, ScopeIndex, Segment};
use scopewright_model::{Decision, Route};
use std::collections::BTreeMap;

/// The scopes of the best guess, or none if nothing points at any.
pub(super) fn propose(
    route: &Route,
    families: &FamilyRulings<'_>,
    decided: &[(&Route, &Ruling)],
) -> Option<Vec<ScopeIndex>> {
    let by_family = families.sound.iter().find_map(|ruling| single_alternative(&ruling.decision));
    by_family.or_else(|| by_neighbours(route, decided))
}

/// The scopes of a decision that has one alternative.
fn single_alternative(decision: &Decision) -> Option<Vec<ScopeIndex>> {
    match decision.alternatives() {
        [all_of] => Some(all_of.clone()),
        _ => None,
    }
}

/// What most of the nearest endpoints of the same kind require: nearest by the fixed text their paths begin with, of
/// one kind if both only read or both change something. A beginning that all endpoints share says nothing.
fn by_neighbours(route: &Route, decided: &[(&Route, &Ruling)]) -> Option<Vec<ScopeIndex>> {
    let shared_by_all = decided.iter().map(|(other, _)| common_start(&route.path, &other.path)).min()?;
    let near = decided
        .iter()
        .filter(|(other, _)| only_reads(other.method) == only_reads(route.method))
        .map(|(other, ruling)| (common_start(&route.path, &other.path), ruling));
    let nearest = near.clone().map(|(common, _)| common).max()?;
    if nearest <= shared_by_all {
        return None;
    }
    let mut votes: BTreeMap<Vec<ScopeIndex>, usize> = BTreeMap::new();
    for (_, ruling) in near.filter(|(common, _)| *common == nearest) {
        if let Some(scopes) = ruling.decisions().find_map(single_alternative) {
            *votes.entry(scopes).or_default() += 1;
        }
    }
    let most = votes.values().copied().max()?;
    let mut winners = votes.into_iter().filter(|(_, count)| *count == most).map(|(scopes, _)| scopes);
    let winner = winners.next()?;
    winners.next().is_none().then_some(winner)
}

const fn only_reads(method: Method) -> bool {
    matches!(method, Method::Get | Method::Head | Method::Options)
}

/// How many segments of fixed text two paths begin with in common.
fn common_start(one: &RoutePattern, other: &RoutePattern) -> usize {
    one.segments()
        .iter()
        .zip(other.segments())
        .take_while(|(own, other)| matches!(own, Segment::Literal(_)) && own == other)
        .count()
}
