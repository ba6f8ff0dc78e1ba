//! Least grants and the grants just below them, constructed from the implication order.
//!
//! In: what each scope implies directly. Nothing here asks [`decide`](scopewright_core::decide) or reads the closures
//! that were computed at build time: a test that labelled its expectations with what it tests could not fail.

use crate::catalogue::{Catalogue, implied_by, status_of};
use scopewright_core::ScopeIndex;
use std::collections::BTreeSet;

/// Scopes that are granted.
pub(super) type Granted = BTreeSet<ScopeIndex>;

/// What every scope gives, itself included, and which scopes can be granted.
pub(super) struct Order {
    gives: Vec<Granted>,
    live: Vec<bool>,
}

impl Order {
    /// The order of a policy.
    pub(super) fn of<C: Catalogue>() -> Self {
        let implies: Vec<Vec<ScopeIndex>> = C::SCOPES
            .iter()
            .map(|scope| implied_by(*scope).iter().map(|implied| implied.index()).collect())
            .collect();
        let live = C::SCOPES.iter().map(|scope| status_of(*scope).is_live()).collect();
        Self::new(&implies, live)
    }

    /// The order of these direct implications.
    fn new(implies: &[Vec<ScopeIndex>], live: Vec<bool>) -> Self {
        let gives = (0..=u16::MAX).map(ScopeIndex).take(implies.len()).map(|scope| {
            let mut found = Granted::from([scope]);
            let mut next = vec![scope];
            while let Some(scope) = next.pop() {
                let direct = implies.get(usize::from(scope.0)).into_iter().flatten();
                next.extend(direct.filter(|weaker| found.insert(**weaker)));
            }
            found
        });
        Self { gives: gives.collect(), live }
    }

    /// The least grants that meet a requirement: no scope in one is implied by another, and none can be replaced by a
    /// weaker one. A grant is least if what it gives is all that one of the alternatives needs, and no other
    /// alternative needs less.
    pub(super) fn least(&self, any_of: &[&[ScopeIndex]]) -> Vec<Granted> {
        let needs: BTreeSet<Granted> = any_of
            .iter()
            .filter(|all_of| all_of.iter().all(|scope| self.is_live(*scope)))
            .map(|all_of| self.given_by(all_of.iter()))
            .collect();
        let is_least = |need: &&Granted| !needs.iter().any(|other| other != *need && other.is_subset(need));
        needs.iter().filter(is_least).map(|need| self.strongest(need)).collect()
    }

    /// The grants just below a grant: one scope of it replaced by everything that is weaker.
    pub(super) fn below(&self, granted: &Granted) -> Vec<Granted> {
        granted
            .iter()
            .map(|removed| {
                let mut rest = self.given_by(granted.iter());
                rest.remove(removed);
                self.strongest(&rest)
            })
            .collect()
    }

    /// Every scope that gives nothing of what any alternative names.
    pub(super) fn unrelated(&self, any_of: &[&[ScopeIndex]]) -> Granted {
        let is_unrelated = |scope: &ScopeIndex| {
            any_of.iter().all(|all_of| all_of.iter().all(|named| !self.gives(*scope, *named)))
        };
        self.everything().into_iter().filter(is_unrelated).collect()
    }

    /// Every scope that can be granted.
    pub(super) fn everything(&self) -> Granted {
        (0..=u16::MAX).map(ScopeIndex).take(self.live.len()).filter(|scope| self.is_live(*scope)).collect()
    }

    fn is_live(&self, scope: ScopeIndex) -> bool {
        self.live.get(usize::from(scope.0)).copied().unwrap_or_default()
    }

    fn gives(&self, scope: ScopeIndex, other: ScopeIndex) -> bool {
        self.gives.get(usize::from(scope.0)).is_some_and(|gives| gives.contains(&other))
    }

    fn given_by<'a>(&self, scopes: impl Iterator<Item = &'a ScopeIndex>) -> Granted {
        scopes.filter_map(|scope| self.gives.get(usize::from(scope.0))).flatten().copied().collect()
    }

    /// Those of the scopes that can be granted and that no other of them gives.
    fn strongest(&self, scopes: &Granted) -> Granted {
        let live: Granted = scopes.iter().copied().filter(|scope| self.is_live(*scope)).collect();
        let is_given =
            |scope: ScopeIndex| live.iter().any(|other| *other != scope && self.gives(*other, scope));
        live.iter().copied().filter(|scope| !is_given(*scope)).collect()
    }
}

#[cfg(test)]
mod tests {
    //! The construction against the definition: every set of scopes of a small policy is looked at.

    use super::*;
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    /// What a set of scopes (a bit each) gives, by following the implications until nothing new is found.
    fn given(implies: &[u8], granted: u8) -> u8 {
        let mut held = granted;
        loop {
            let more =
                (0..implies.len()).filter(|at| held & 1 << at != 0).fold(held, |held, at| held | implies[at]);
            if more == held {
                return held;
            }
            held = more;
        }
    }

    fn is_met(implies: &[u8], any_of: &[u8], granted: u8) -> bool {
        any_of.iter().any(|all_of| given(implies, granted) & all_of == *all_of)
    }

    /// Of these grants each with the fewest scopes among those that give the same.
    fn irredundant(implies: &[u8], granted: u8) -> bool {
        (0..8)
            .filter(|at| granted & 1 << at != 0)
            .all(|at| given(implies, granted & !(1 << at)) != given(implies, granted))
    }

    fn is_strictly_below(implies: &[u8], one: u8, other: u8) -> bool {
        let (one, other) = (given(implies, one), given(implies, other));
        one != other && one & other == one
    }

    fn bits(scopes: &Granted) -> u8 {
        scopes.iter().fold(0, |bits, scope| bits | 1 << scope.0)
    }

    fn scopes(bits: u8) -> Vec<ScopeIndex> {
        (0..8).filter(|at| bits & 1 << at != 0).map(ScopeIndex).collect()
    }

    /// Up to six scopes, each implying only earlier ones, so that there is no cycle; one to three alternatives.
    fn policies() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
        (1_usize..=6).prop_flat_map(|count| {
            let implies = vec(any::<u8>(), count).prop_map(|masks| {
                masks.into_iter().enumerate().map(|(at, mask)| mask & ((1 << at) - 1)).collect::<Vec<u8>>()
            });
            let all = u8::MAX >> (8 - count);
            let any_of = btree_set((1..=u8::MAX).prop_map(move |mask| mask & all), 1..=3)
                .prop_map(|any_of| any_of.into_iter().filter(|all_of| *all_of != 0).collect::<Vec<u8>>());
            (implies, any_of)
        })
    }

    proptest! {
        #[test]
        fn construction_and_enumeration_agree((implies, any_of) in policies()) {
            prop_assume!(!any_of.is_empty());
            let direct: Vec<_> = implies.iter().map(|mask| scopes(*mask)).collect();
            let order = Order::new(&direct, vec![true; implies.len()]);
            let alternatives: Vec<_> = any_of.iter().map(|mask| scopes(*mask)).collect();
            let alternatives: Vec<_> = alternatives.iter().map(Vec::as_slice).collect();
            let every: Vec<u8> = (0..1_u16 << implies.len()).filter_map(|set| u8::try_from(set).ok()).collect();
            let below = |one, other| is_strictly_below(&implies, one, other);

            let met: Vec<u8> = every.iter().copied().filter(|set| is_met(&implies, &any_of, *set)).collect();
            let least: BTreeSet<u8> = met
                .iter()
                .copied()
                .filter(|set| irredundant(&implies, *set) && !met.iter().any(|other| below(*other, *set)))
                .collect();
            let constructed = order.least(&alternatives);
            prop_assert_eq!(constructed.iter().map(bits).collect::<BTreeSet<_>>(), least);

            for grant in &constructed {
                let grant_bits = bits(grant);
                let just_below: BTreeSet<u8> = every
                    .iter()
                    .copied()
                    .filter(|set| irredundant(&implies, *set) && below(*set, grant_bits))
                    .filter(|set| !every.iter().any(|between| below(*set, *between) && below(*between, grant_bits)))
                    .collect();
                for set in &just_below {
                    prop_assert!(!is_met(&implies, &any_of, *set));
                }
                prop_assert_eq!(order.below(grant).iter().map(bits).collect::<BTreeSet<_>>(), just_below);
            }

            let unrelated = bits(&order.unrelated(&alternatives));
            let named = any_of.iter().fold(0, |all, named| all | named);
            prop_assert_eq!(given(&implies, unrelated) & named, 0);
            for scope in scopes(!unrelated & (u8::MAX >> (8 - implies.len()))) {
                prop_assert_ne!(given(&implies, 1 << scope.0) & named, 0);
            }
        }
    }

    #[test]
    fn what_cannot_be_granted_is_in_no_grant() {
        // 2 implies 1 implies 0, and 1 is only planned.
        let order = Order::new(&[vec![], scopes(0b001), scopes(0b010)], vec![true, false, true]);
        assert_eq!(order.least(&[&scopes(0b100)]), [Granted::from([ScopeIndex(2)])]);
        assert_eq!(order.below(&Granted::from([ScopeIndex(2)])), [Granted::from([ScopeIndex(0)])]);
        assert_eq!(order.least(&[&scopes(0b010)]), []);
        assert_eq!(bits(&order.everything()), 0b101);
    }
}
