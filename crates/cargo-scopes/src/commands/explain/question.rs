//! A question about an endpoint or a tool: who asks, what the decision function answers, and why.

use super::Args;
use super::subject::Subject;
use anyhow::{Context as _, Result, bail};
use scopewright_compiler::nearest;
use scopewright_model::core::{ModeIndex, ScopeEnforcement, ScopeIndex, Verdict};
use scopewright_model::policy::AuthMode;
use scopewright_model::{Decision, Policy};
use serde_json::json;
use std::collections::{BTreeMap, VecDeque};

/// What is asked about and the caller who asks for it.
pub struct Question<'p> {
    pub subject: Subject<'p>,
    pub policy: &'p Policy,
    /// The caller's mode and granted scopes; none is a caller without a credential.
    pub caller: Option<(ModeIndex, Vec<ScopeIndex>)>,
    /// Whether a caller was asked about at all.
    pub asks: bool,
}

impl<'p> Question<'p> {
    pub fn read(args: &Args, subject: Subject<'p>, policy: &'p Policy) -> Result<Self> {
        let granted = args.grant.iter().flatten().map(|name| scope(policy, name.trim()));
        let mut granted = granted.collect::<Result<Vec<ScopeIndex>>>()?;
        granted.sort();
        granted.dedup();
        let mode = match &args.mode {
            Some(name) => Some(policy.mode_named(name).with_context(|| {
                let modes: Vec<String> = policy.modes.iter().map(|mode| format!("`{}`", mode.name)).collect();
                format!("there is no auth mode `{name}`; the policy has {}", modes.join(", "))
            })?),
            None if args.grant.is_some() => Some(only_enforced_mode(policy)?),
            None => None,
        };
        if let Some(part) = mode.map(|mode| policy.mode(mode)).filter(|mode| !mode.alone) {
            bail!("`{}` is no credential by itself; name the mode whose `together` it is in", part.name);
        }
        let asks = args.mode.is_some() || args.grant.is_some();
        Ok(Self { subject, policy, caller: mode.map(|mode| (mode, granted)), asks })
    }

    pub fn verdict(&self) -> Verdict {
        let caller = self.caller.as_ref().map(|(mode, granted)| (*mode, granted.as_slice()));
        self.subject.access.verdict(self.policy, caller)
    }

    pub fn missing(&self) -> Vec<ScopeIndex> {
        self.caller
            .as_ref()
            .map(|(mode, granted)| self.subject.access.missing_scopes(self.policy, *mode, granted))
            .unwrap_or_default()
    }

    /// For each scope of the first alternative that is met: how a granted scope leads to it.
    pub fn because(&self) -> Vec<Vec<ScopeIndex>> {
        let Some((mode, granted)) = &self.caller else { return Vec::new() };
        let chains = |all_of: &Vec<ScopeIndex>| {
            all_of.iter().map(|scope| chain(self.policy, granted, *scope)).collect::<Option<Vec<_>>>()
        };
        self.subject.access.for_mode(*mode).alternatives().iter().find_map(chains).unwrap_or_default()
    }

    fn closure(&self) -> Vec<ScopeIndex> {
        let granted = self.caller.iter().flat_map(|(_, granted)| granted);
        let mut closure: Vec<ScopeIndex> =
            granted.flat_map(|scope| self.policy.scope(*scope).closure.iter().copied()).collect();
        closure.sort();
        closure.dedup();
        closure
    }

    /// The modes that may get in where the caller's assurance is too low.
    pub fn upgrades(&self) -> Vec<(ModeIndex, &AuthMode)> {
        let Some((mode, _)) = self.caller.as_ref() else { return Vec::new() };
        if self.verdict() != Verdict::InsufficientUserAuthentication {
            return Vec::new();
        }
        let upgrades = self.policy.modes_indexed().filter(|(_, upgrade)| upgrade.upgrades == Some(*mode));
        let may_get_in = |upgrade: ModeIndex| {
            !matches!(self.subject.access.for_mode(upgrade), Decision::Refused | Decision::Deferred { .. })
        };
        upgrades.filter(|(upgrade, _)| may_get_in(*upgrade)).collect()
    }

    pub fn names(&self, scopes: &[ScopeIndex]) -> Vec<&str> {
        scopes.iter().map(|scope| self.policy.scope(*scope).name.as_str()).collect()
    }

    /// The stable form of `cargo scopes explain --format json`.
    pub fn to_json(&self) -> serde_json::Value {
        let mode = self.caller.as_ref().map(|(mode, _)| *mode);
        let decision = mode.map_or(self.subject.access.otherwise, |mode| self.subject.access.for_mode(mode));
        let requires: Vec<_> = decision.alternatives().iter().map(|all_of| self.names(all_of)).collect();
        let because: Vec<_> = self.because().iter().map(|chain| self.names(chain)).collect();
        json!({
            self.subject.key: self.subject.name,
            "mode": mode.map(|mode| self.policy.mode(mode).name.as_str()),
            "decision": decision.word(),
            "allowed": self.verdict() == Verdict::Allowed,
            "requires": requires,
            "granted": self.caller.as_ref().map(|(_, granted)| self.names(granted)).unwrap_or_default(),
            "closure": self.names(&self.closure()),
            "because": because,
            "missing": self.names(&self.missing()),
            "upgrades": self.upgrades().iter().map(|(_, mode)| mode.name.as_str()).collect::<Vec<_>>(),
        })
    }
}

fn scope(policy: &Policy, name: &str) -> Result<ScopeIndex> {
    let alias = || policy.aliases.iter().find(|alias| alias.name == name).map(|alias| alias.target);
    policy.scope_named(name).or_else(alias).with_context(|| {
        match nearest(name, policy.scopes.iter().map(|scope| scope.name.as_str())) {
            Some(near) => format!("there is no scope `{name}`; did you mean `{near}`?"),
            None => format!("there is no scope `{name}`; `cargo scopes list` shows them"),
        }
    })
}

/// The mode a grant must be meant for, where only one checks scopes.
fn only_enforced_mode(policy: &Policy) -> Result<ModeIndex> {
    let enforced: Vec<_> = policy
        .modes_of_callers()
        .filter(|(_, mode)| mode.enforcement == ScopeEnforcement::Enforced)
        .collect();
    match enforced.as_slice() {
        [(mode, _)] => Ok(*mode),
        several => {
            let names: Vec<String> = several.iter().map(|(_, mode)| format!("`{}`", mode.name)).collect();
            bail!("say which auth mode the caller uses with `--mode`: {}", names.join(", "))
        }
    }
}

/// The shortest way from a granted scope to another, over direct implications.
fn chain(policy: &Policy, granted: &[ScopeIndex], wanted: ScopeIndex) -> Option<Vec<ScopeIndex>> {
    let mut came_from: BTreeMap<ScopeIndex, Option<ScopeIndex>> =
        granted.iter().map(|scope| (*scope, None)).collect();
    let mut queue: VecDeque<ScopeIndex> = granted.iter().copied().collect();
    while let Some(scope) = queue.pop_front() {
        if scope == wanted {
            let mut chain = vec![wanted];
            let mut at = wanted;
            while let Some(Some(earlier)) = came_from.get(&at) {
                chain.push(*earlier);
                at = *earlier;
            }
            chain.reverse();
            return Some(chain);
        }
        for implied in &policy.scope(scope).implies {
            if !came_from.contains_key(implied) {
                came_from.insert(*implied, Some(scope));
                queue.push_back(*implied);
            }
        }
    }
    None
}
