//! Operations as one: what a request needs that goes through an endpoint to a tool, a prompt or resources.

use scopewright_core::{
    Decision, Joined, ModeDecision, ModeIndex, Operation, Requirement, ScopeIndex, joined,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// Operations that were put together, by the addresses of their parts.
type Known = BTreeMap<(usize, usize), &'static Operation<'static>>;

/// The most that are kept. Only a table with many resources that fit one message has so many.
const MOST: usize = 65_536;

static KNOWN: Mutex<Known> = Mutex::new(BTreeMap::new());

/// The operation that asks for what both ask for, each as `for_mode` reads it. Made once for each pair and kept: pairs are
/// as many as a program has tools, for each endpoint that serves them. Only denied calls ask. None if there are too many,
/// which callers must not be able to bring about.
#[cold]
pub(super) fn both(
    endpoint: &'static Operation<'static>,
    tool: &'static Operation<'static>,
    for_mode: impl Fn(&Operation<'static>, ModeIndex) -> Decision<'static>,
) -> Option<&'static Operation<'static>> {
    let pair = (std::ptr::from_ref(endpoint).addr(), std::ptr::from_ref(tool).addr());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(made) = known.get(&pair) {
        return Some(made);
    }
    if known.len() >= MOST {
        return None;
    }
    let made: &'static Operation<'static> = Box::leak(Box::new(together(endpoint, tool, for_mode)));
    known.insert(pair, made);
    Some(made)
}

fn together(
    one: &Operation<'static>,
    other: &Operation<'static>,
    for_mode: impl Fn(&Operation<'static>, ModeIndex) -> Decision<'static>,
) -> Operation<'static> {
    let modes: BTreeSet<ModeIndex> =
        one.by_mode.iter().chain(other.by_mode).map(|entry| entry.mode).collect();
    let by_mode = modes.into_iter().map(|mode| ModeDecision {
        mode,
        decision: kept(joined(for_mode(one, mode), for_mode(other, mode))),
    });
    Operation {
        by_mode: Vec::leak(by_mode.collect()),
        otherwise: kept(joined(one.otherwise, other.otherwise)),
    }
}

/// A decision for the rest of the process.
fn kept(joined: Joined<'static>) -> Decision<'static> {
    match joined {
        Joined::One(decision) => decision,
        Joined::Scoped(any_of) => {
            let leaked = any_of.into_iter().map(|all_of| -> &'static [ScopeIndex] { Vec::leak(all_of) });
            Decision::Scoped(Requirement::new(Vec::leak(leaked.collect())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::require::{All, Any, Authenticated, Deferred, Is, Public, Refused, Require};

    fn own(operation: &Operation<'static>, mode: ModeIndex) -> Decision<'static> {
        operation.for_mode(mode, None)
    }

    #[track_caller]
    fn check<One: Require, Other: Require, Expected: Require>() {
        let made = both(&One::OPERATION, &Other::OPERATION, own).unwrap();
        assert_eq!(*made, Expected::OPERATION);
        let other_way = both(&Other::OPERATION, &One::OPERATION, own).unwrap();
        assert_eq!(*other_way, Expected::OPERATION);
        assert!(std::ptr::eq(made, both(&One::OPERATION, &Other::OPERATION, own).unwrap()), "made once");
    }

    #[test]
    fn scopes_of_both_are_needed() {
        check::<Is<3>, Is<1>, All<(Is<1>, Is<3>)>>();
        check::<Is<1>, Is<1>, Is<1>>();
        check::<
            Is<0>,
            Any<(Is<1>, All<(Is<2>, Is<3>)>)>,
            Any<(All<(Is<0>, Is<1>)>, All<(Is<0>, Is<2>, Is<3>)>)>,
        >();
    }

    #[test]
    fn the_stricter_decision_holds() {
        check::<Authenticated, Is<1>, Is<1>>();
        check::<Public<0>, Is<1>, Is<1>>();
        check::<Public<0>, Authenticated, Authenticated>();
        check::<Is<1>, Refused, Refused>();
        check::<Refused, Deferred, Deferred>();
    }
}
