//! Who may call something: its decisions by auth mode, and what is asked of them. Endpoints and MCP tools both have them.

use crate::core::{self, Answering, Caller, Joined, ModeDecision, ModeIndex, ScopeIndex, Verdict};
use crate::plan::Decision;
use crate::{Credential, Policy};
use std::collections::BTreeMap;

/// The decisions of an endpoint or a tool.
#[derive(Debug, Clone, Copy)]
pub struct Access<'a> {
    /// Modes with a decision of their own.
    pub by_mode: &'a BTreeMap<ModeIndex, Decision>,
    /// Every other mode, and callers without a credential.
    pub otherwise: &'a Decision,
}

/// What the guard answers to a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether it is let in, and if not why.
    pub verdict: Verdict,
    /// The scopes it would still need, as [`Access::missing_scopes`] tells them.
    pub missing: Vec<ScopeIndex>,
}

impl<'a> Access<'a> {
    /// What the guard answers to a caller with this credential, or without one: the run time's own functions, asked in its
    /// order. A credential that is not valid is denied wherever one is looked at.
    pub fn answer(&self, policy: &Policy, credential: Option<&Credential<'_>>) -> Answer {
        let Some(credential) = credential else {
            return Answer { verdict: self.verdict(policy, None), missing: Vec::new() };
        };
        if credential.invalid.is_some() {
            return Answer { verdict: self.as_core(core::decide_invalid_credential), missing: Vec::new() };
        }
        let Credential { mode, granted, .. } = credential;
        Answer {
            verdict: self.verdict(policy, Some((*mode, granted))),
            missing: self.missing_scopes(policy, *mode, granted),
        }
    }

    /// What is answered to a call of this, which is an MCP tool, through an endpoint, and whose decision answers, as
    /// [`answering`](core::answering) says.
    pub fn answer_through(
        &self,
        endpoint: Access<'_>,
        policy: &Policy,
        credential: Option<&Credential<'_>>,
    ) -> (Answering, Answer) {
        let (of_endpoint, of_called) = (endpoint.answer(policy, credential), self.answer(policy, credential));
        let answering = core::answering(of_endpoint.verdict, of_called.verdict);
        let answer = match (answering, credential) {
            (Answering::Endpoint, _) => of_endpoint,
            (Answering::Both, Some(credential)) => {
                let verdict = Verdict::InsufficientScope;
                Answer { verdict, missing: self.missing_with(endpoint, policy, credential) }
            }
            _ => of_called,
        };
        (answering, answer)
    }

    /// The scopes a caller would still need to get in here and there.
    fn missing_with(
        &self,
        other: Access<'_>,
        policy: &Policy,
        credential: &Credential<'_>,
    ) -> Vec<ScopeIndex> {
        let Credential { mode, granted, .. } = credential;
        let base = policy.mode(*mode).upgrades;
        let both = other.as_core(|one| {
            self.as_core(|other| match core::joined(one.for_mode(*mode, base), other.for_mode(*mode, base)) {
                Joined::One(core::Decision::Scoped(requirement)) => {
                    requirement.alternatives().iter().map(|all_of| all_of.to_vec()).collect()
                }
                Joined::One(_) => Vec::new(),
                Joined::Scoped(any_of) => any_of,
            })
        });
        let closure = policy.closure_words(granted);
        let both: Vec<&[ScopeIndex]> = both.iter().map(Vec::as_slice).collect();
        if both.is_empty() {
            return Vec::new();
        }
        let nearest = core::Requirement::new(&both).cheapest_alternative(&closure).iter().copied();
        nearest.filter(|scope| !core::contains(&closure, *scope)).collect()
    }

    /// The decision for one mode.
    pub fn for_mode(&self, mode: ModeIndex) -> &'a Decision {
        self.by_mode.get(&mode).unwrap_or(self.otherwise)
    }

    /// What [`decide`](core::decide) answers to a caller who holds a valid credential of a mode with these scopes
    /// granted, or who has no credential. A credential that is none by itself is not valid.
    pub fn verdict(&self, policy: &Policy, caller: Option<(ModeIndex, &[ScopeIndex])>) -> Verdict {
        if caller.is_some_and(|(mode, _)| !policy.mode(mode).alone) {
            return self.as_core(core::decide_invalid_credential);
        }
        let closure = caller.map(|(_, granted)| policy.closure_words(granted)).unwrap_or_default();
        let upgrades = caller.map(|(mode, _)| policy.upgrades_of(mode)).unwrap_or_default();
        let caller = caller.map(|(mode, _)| Caller {
            mode,
            base: policy.mode(mode).upgrades,
            upgrades: &upgrades,
            enforcement: policy.mode(mode).enforcement,
            closure: &closure,
        });
        self.as_core(|operation| core::decide(operation, caller))
    }

    /// The scopes a caller in this mode would still need: those of the cheapest alternative that the granted ones do
    /// not give, sorted by index. Empty where no scope is missing, or none would help.
    pub fn missing_scopes(
        &self,
        policy: &Policy,
        mode: ModeIndex,
        granted: &[ScopeIndex],
    ) -> Vec<ScopeIndex> {
        if self.verdict(policy, Some((mode, granted))) != Verdict::InsufficientScope {
            return Vec::new();
        }
        let closure = policy.closure_words(granted);
        self.as_core(|operation| match operation.for_mode(mode, policy.mode(mode).upgrades) {
            core::Decision::Scoped(requirement) => requirement.cheapest_alternative(&closure).to_vec(),
            _ => Vec::new(),
        })
        .into_iter()
        .filter(|scope| !core::contains(&closure, *scope))
        .collect()
    }

    /// Hands the decisions to `ask` in the form of `scopewright-core`, which borrows everything.
    pub fn as_core<R>(&self, ask: impl FnOnce(&core::Operation<'_>) -> R) -> R {
        let alternatives: Vec<Vec<&[ScopeIndex]>> = self.by_mode.values().map(Decision::slices).collect();
        let of_others = self.otherwise.slices();
        let by_mode: Vec<ModeDecision<'_>> = self
            .by_mode
            .iter()
            .zip(&alternatives)
            .map(|((mode, decision), any_of)| ModeDecision {
                mode: *mode,
                decision: decision.as_core(any_of),
            })
            .collect();
        ask(&core::Operation { by_mode: &by_mode, otherwise: self.otherwise.as_core(&of_others) })
    }
}
