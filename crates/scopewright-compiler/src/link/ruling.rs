//! A written rule with every name in it looked up: what it means for each auth mode.

use super::names::Names;
use scopewright_model::core::{ModeIndex, ScopeIndex};
use scopewright_model::{Code, Decision, DeclaredRule, Diagnostic, ModeRule, Policy, ScopeName, Sink};
use std::collections::BTreeMap;

/// What one place decides about one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ruling {
    /// Modes with a decision of their own.
    pub(super) by_mode: BTreeMap<ModeIndex, Decision>,
    /// Every other mode, and callers without a credential.
    pub(super) otherwise: Decision,
}

impl Ruling {
    pub(super) fn for_mode(&self, mode: ModeIndex) -> &Decision {
        self.by_mode.get(&mode).unwrap_or(&self.otherwise)
    }

    /// A ruling from decisions with and without a mode. Where only some modes are named, the others may never call. A
    /// mode that is not named and upgrades one that is has that one's decision.
    pub(super) fn of(
        mut by_mode: BTreeMap<ModeIndex, Decision>,
        otherwise: Option<Decision>,
        policy: &Policy,
    ) -> Self {
        let otherwise = otherwise.unwrap_or(Decision::Refused);
        let base_of = |mode: ModeIndex| policy.mode(mode).upgrades;
        for (mode, _) in policy.modes_indexed() {
            let inherited = base_of(mode).and_then(|base| by_mode.get(&base)).cloned();
            if let Some(decision) = inherited {
                by_mode.entry(mode).or_insert(decision);
            }
        }
        // INVARIANT: an upgrade keeps its entry where its base has one, which would be looked at in its stead.
        let says_something = |mode: ModeIndex| by_mode.get(&mode).is_some_and(|own| *own != otherwise);
        let kept: Vec<ModeIndex> = by_mode
            .keys()
            .copied()
            .filter(|mode| says_something(*mode) || base_of(*mode).is_some_and(says_something))
            .collect();
        by_mode.retain(|mode, _| kept.contains(mode));
        Self { by_mode, otherwise }
    }

    /// All decisions in it.
    pub(super) fn decisions(&self) -> impl Iterator<Item = &Decision> {
        self.by_mode.values().chain([&self.otherwise])
    }
}

/// Looks up all the rules of one place. None if a name in them is wrong, which is then reported; all of them are read.
pub(super) fn resolve_rules(rules: &[ModeRule], names: &Names<'_>, sink: &mut Sink) -> Option<Ruling> {
    let mut by_mode = BTreeMap::new();
    let mut otherwise = None;
    let mut sound = true;
    for rule in rules {
        let mode = rule.via.as_ref().map(|via| names.mode(via, sink));
        let decision = resolve_rule(&rule.rule, names, sink);
        let (Some(decision), None | Some(Some(_))) = (decision, mode) else {
            sound = false;
            continue;
        };
        let earlier = match mode.flatten() {
            Some(mode) => by_mode.insert(mode, decision),
            None => otherwise.replace(decision),
        };
        if earlier.is_some() {
            sound = false;
            sink.push(second_rule_for_a_mode(rule));
        }
    }
    sound.then(|| Ruling::of(by_mode, otherwise, names.policy))
}

/// Looks up one rule.
pub(super) fn resolve_rule(rule: &DeclaredRule, names: &Names<'_>, sink: &mut Sink) -> Option<Decision> {
    Some(match rule {
        DeclaredRule::Scoped(any_of) => {
            return scoped(any_of, |name| names.scope(name, sink));
        }
        DeclaredRule::Authenticated => Decision::Authenticated,
        DeclaredRule::Public { reason, reason_span } => {
            Decision::Public { reason: names.reason(reason, reason_span, sink)? }
        }
        DeclaredRule::OptionalAuth => Decision::OptionalAuth,
        DeclaredRule::Refused => Decision::Refused,
        DeclaredRule::Deferred { ticket } => Decision::Deferred { ticket: ticket.clone() },
    })
}

/// The canonical form of a scope requirement, or none if `look_up` fails for a name; every name is looked up.
pub(super) fn scoped(
    any_of: &[Vec<ScopeName>],
    mut look_up: impl FnMut(&ScopeName) -> Option<ScopeIndex>,
) -> Option<Decision> {
    let looked_up: Vec<Vec<Option<ScopeIndex>>> =
        any_of.iter().map(|all_of| all_of.iter().map(&mut look_up).collect()).collect();
    let mut alternatives: Vec<Vec<ScopeIndex>> =
        looked_up.into_iter().map(|all_of| all_of.into_iter().collect()).collect::<Option<_>>()?;
    for all_of in &mut alternatives {
        all_of.sort_unstable();
        all_of.dedup();
    }
    alternatives.sort_unstable();
    alternatives.dedup();
    // INVARIANT: an empty alternative would mean "open"; the readers never build one, and none gets past here.
    let is_empty = alternatives.is_empty() || alternatives.iter().any(Vec::is_empty);
    (!is_empty).then_some(Decision::Scoped(alternatives))
}

fn second_rule_for_a_mode(rule: &ModeRule) -> Diagnostic {
    let (what, place) = match &rule.via {
        Some(via) => (format!("auth mode `{}` is decided twice", via.value), &via.span),
        None => ("two rules without `via` on one endpoint".to_owned(), &rule.span),
    };
    Diagnostic::new(Code::DecidedTwice, what, place.clone(), "the second rule for it")
        .help("keep one rule for each mode; several scopes go into one rule: `all(\"a\", \"b\")` or `any(\"a\", \"b\")`")
}
