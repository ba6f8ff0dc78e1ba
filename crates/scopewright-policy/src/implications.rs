//! The closure of `implies` and `[order]`, and its cycles.
//!
//! In: scopes by index and the edges between them. Out: for each scope everything held with it, itself included.
//! Nothing here recurses: a chain may be as long as the policy.

use crate::context::Context;
use crate::raw::Entry;
use scopewright_model::core::ScopeIndex;
use scopewright_model::{Code, Diagnostic, Span};
use std::collections::{BTreeMap, VecDeque};

/// How many cycles are shown of one policy.
const MOST_CYCLES: usize = 50;

/// `from` implies `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    /// The stronger scope.
    pub(crate) from: ScopeIndex,
    /// The weaker one.
    pub(crate) to: ScopeIndex,
    /// Where that is written.
    pub(crate) place: Span,
}

/// Direct implications and closures, by scope, sorted.
#[derive(Debug)]
pub(crate) struct Implications {
    pub(crate) direct: Vec<Vec<ScopeIndex>>,
    pub(crate) closure: Vec<Vec<ScopeIndex>>,
}

/// Follows the implications of `names.len()` scopes, and reports self-implications and cycles. With a cycle the
/// closures are only the scopes themselves: there is an error, so nobody reads them.
pub(crate) fn follow(names: &[&str], edges: &[Edge], cx: &mut Context<'_>) -> Implications {
    let graph = Graph::new(names.len(), edges);
    for edge in edges.iter().filter(|edge| edge.from == edge.to) {
        let name = names.get(usize::from(edge.from.0)).copied().unwrap_or_default();
        let finding = Diagnostic::new(
            Code::SelfImplication,
            format!("`{name}` implies itself"),
            edge.place.clone(),
            "says nothing: every scope holds itself",
        );
        cx.report(finding.help(format!("leave `{name}` out here")));
    }
    let order = graph.leaves_first();
    let closure = if order.len() == names.len() {
        graph.closures(&order)
    } else {
        graph.report_cycles(&order, names, cx);
        (0..=u16::MAX).take(names.len()).map(|index| vec![ScopeIndex(index)]).collect()
    };
    Implications {
        direct: graph.direct.into_iter().map(|to| to.into_keys().map(ScopeIndex).collect()).collect(),
        closure,
    }
}

/// The implications without those of a scope by itself.
#[derive(Debug)]
struct Graph<'a> {
    /// For each scope what it implies, and where that is written first.
    direct: Vec<BTreeMap<u16, &'a Span>>,
    /// For each scope what implies it.
    implied_by: Vec<Vec<u16>>,
}

impl<'a> Graph<'a> {
    fn new(count: usize, edges: &'a [Edge]) -> Self {
        let mut graph = Self { direct: vec![BTreeMap::new(); count], implied_by: vec![Vec::new(); count] };
        for Edge { from, to, place } in edges.iter().filter(|edge| edge.from != edge.to) {
            let Some(direct) = graph.direct.get_mut(usize::from(from.0)) else { continue };
            if direct.contains_key(&to.0) {
                continue;
            }
            direct.insert(to.0, place);
            if let Some(implied_by) = graph.implied_by.get_mut(usize::from(to.0)) {
                implied_by.push(from.0);
            }
        }
        graph
    }

    fn implied(&self, scope: u16) -> impl Iterator<Item = u16> {
        self.direct.get(usize::from(scope)).into_iter().flat_map(|to| to.keys().copied())
    }

    /// Every scope after all it implies; those on a cycle or above one are left out.
    fn leaves_first(&self) -> Vec<u16> {
        let mut waiting: Vec<usize> = self.direct.iter().map(BTreeMap::len).collect();
        let mut ready: VecDeque<u16> =
            (0..=u16::MAX).zip(&waiting).filter(|(_, count)| **count == 0).map(|(scope, _)| scope).collect();
        let mut order = Vec::with_capacity(waiting.len());
        while let Some(scope) = ready.pop_front() {
            order.push(scope);
            for above in self.implied_by.get(usize::from(scope)).into_iter().flatten() {
                if let Some(count) = waiting.get_mut(usize::from(*above)) {
                    *count -= 1;
                    if *count == 0 {
                        ready.push_back(*above);
                    }
                }
            }
        }
        order
    }

    /// The closure of each scope, from those of what it implies.
    fn closures(&self, leaves_first: &[u16]) -> Vec<Vec<ScopeIndex>> {
        let words = self.direct.len().div_ceil(64);
        let mut sets: Vec<Vec<u64>> = vec![Vec::new(); self.direct.len()];
        for scope in leaves_first {
            let mut set = vec![0_u64; words];
            if let Some(word) = set.get_mut(usize::from(*scope) / 64) {
                *word |= 1 << (scope % 64);
            }
            for implied in self.implied(*scope) {
                for (word, other) in set.iter_mut().zip(sets.get(usize::from(implied)).into_iter().flatten())
                {
                    *word |= other;
                }
            }
            if let Some(slot) = sets.get_mut(usize::from(*scope)) {
                *slot = set;
            }
        }
        sets.iter().map(|set| members(set)).collect()
    }

    /// Reports cycles so that every scope on one is in at least one report, each cycle once.
    fn report_cycles(&self, leaves_first: &[u16], names: &[&str], cx: &mut Context<'_>) {
        let mut is_done = vec![false; self.direct.len()];
        for scope in leaves_first {
            if let Some(done) = is_done.get_mut(usize::from(*scope)) {
                *done = true;
            }
        }
        let mut reported = 0;
        for start in (0..=u16::MAX).take(self.direct.len()) {
            if is_done.get(usize::from(start)).copied().unwrap_or(true) || reported == MOST_CYCLES {
                continue;
            }
            let Some(cycle) = self.shortest_cycle(start) else { continue };
            for scope in &cycle {
                if let Some(done) = is_done.get_mut(usize::from(*scope)) {
                    *done = true;
                }
            }
            self.report_cycle(&cycle, names, cx);
            reported += 1;
        }
    }

    /// The shortest way from a scope back to itself, the scope first.
    fn shortest_cycle(&self, start: u16) -> Option<Vec<u16>> {
        let mut came_from: BTreeMap<u16, u16> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        while let Some(scope) = queue.pop_front() {
            for implied in self.implied(scope) {
                if implied == start {
                    let mut cycle = vec![scope];
                    while let Some(before) = cycle.last().and_then(|last| came_from.get(last)) {
                        cycle.push(*before);
                    }
                    cycle.reverse();
                    return Some(cycle);
                }
                if implied != start && !came_from.contains_key(&implied) {
                    came_from.insert(implied, scope);
                    queue.push_back(implied);
                }
            }
        }
        None
    }

    fn report_cycle(&self, cycle: &[u16], names: &[&str], cx: &mut Context<'_>) {
        let name = |scope: &u16| names.get(usize::from(*scope)).copied().unwrap_or_default();
        let round: Vec<String> =
            cycle.iter().chain(cycle.first()).map(|scope| format!("`{}`", name(scope))).collect();
        let steps = cycle.iter().zip(cycle.iter().cycle().skip(1));
        let mut places = steps.filter_map(|(from, to)| {
            let place = self.direct.get(usize::from(*from))?.get(to)?;
            Some(((*place).clone(), format!("`{}` implies `{}`", name(from), name(to))))
        });
        let Some((place, label)) = places.next() else { return };
        let message = format!("scopes imply each other in a circle: {}", round.join(" -> "));
        let mut finding = Diagnostic::new(Code::ImplicationCycle, message, place, label);
        for (place, label) in places {
            finding = finding.also(place, label);
        }
        cx.report(finding.help("take one of these steps out: scopes that imply each other are one scope"));
    }
}

/// The members of a set of bits.
fn members(set: &[u64]) -> Vec<ScopeIndex> {
    let mut members = Vec::new();
    for (first, word) in (0..=u16::MAX).step_by(64).zip(set) {
        let mut rest = *word;
        while rest != 0 {
            // A word has 64 bits, so the count fits.
            members.push(ScopeIndex(first + u16::try_from(rest.trailing_zeros()).unwrap_or(0)));
            rest &= rest - 1;
        }
    }
    members
}

/// The names of entries, by index.
pub(crate) fn names_of<T>(entries: &[Entry<T>]) -> Vec<&str> {
    entries.iter().map(|entry| entry.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scopewright_model::Level;

    #[track_caller]
    fn closure_of_first(count: u16, edges: &[(u16, u16)]) -> (Vec<u16>, usize) {
        let mut cx = Context::new("scopes.toml".into(), "", "2026-01-01");
        let names: Vec<String> = (0..count).map(|index| format!("s{index}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let place = cx.file_start();
        let edges: Vec<Edge> = edges
            .iter()
            .map(|(from, to)| Edge { from: ScopeIndex(*from), to: ScopeIndex(*to), place: place.clone() })
            .collect();
        let implications = follow(&names, &edges, &mut cx);
        let findings = cx.into_findings();
        assert!(findings.iter().all(|finding| finding.level == Level::Error));
        (implications.closure[0].iter().map(|scope| scope.0).collect(), findings.len())
    }

    #[test]
    fn a_diamond_is_followed_once() {
        assert_eq!(closure_of_first(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]), (vec![0, 1, 2, 3], 0));
    }

    #[test]
    fn a_long_chain_is_followed() {
        let edges: Vec<(u16, u16)> = (0..1999).map(|index| (index, index + 1)).collect();
        let (closure, findings) = closure_of_first(2000, &edges);
        assert_eq!((closure, findings), ((0..2000).collect(), 0));
    }

    #[test]
    fn each_cycle_is_reported_once() {
        assert_eq!(closure_of_first(4, &[(0, 1), (1, 0), (2, 3), (3, 2)]).1, 2);
        // 0 only leads to the cycle.
        assert_eq!(closure_of_first(3, &[(0, 1), (1, 2), (2, 1)]).1, 1);
        // Two cycles that share scope 0.
        assert_eq!(closure_of_first(3, &[(0, 1), (1, 0), (0, 2), (2, 0)]).1, 2);
    }
}
