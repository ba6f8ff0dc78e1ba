//! A question about an endpoint or a tool: who asks, what the decision function answers, and why.

use super::subject::Subject;
use super::{Args, route};
use anyhow::{Context as _, Result, bail};
use scopewright_model::core::{Answering, ModeIndex, ScopeEnforcement, ScopeIndex, Verdict};
use scopewright_model::policy::AuthMode;
use scopewright_model::{Answer, Credential, CredentialName, Decision, NameStanding, Plan, Policy};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// What is asked about, the caller who asks for it, and what the guard answers.
pub struct Question<'p> {
    pub subject: Subject<'p>,
    /// The endpoint through which it is called, and whose decision answers, where that is asked.
    pub through: Option<(Subject<'p>, Answering)>,
    pub policy: &'p Policy,
    /// The caller's credential; none is a caller without one.
    pub credential: Option<Credential<'p>>,
    /// Whether a caller was asked about at all.
    pub asks: bool,
    pub answer: Answer,
}

impl<'p> Question<'p> {
    pub fn read(args: &Args, subject: Subject<'p>, plan: &'p Plan) -> Result<Self> {
        let policy = &plan.policy;
        let mode = match &args.mode {
            Some(name) => Some(policy.mode_named(name).with_context(|| {
                let modes: Vec<String> = policy.modes.iter().map(|mode| format!("`{}`", mode.name)).collect();
                format!("there is no auth mode `{name}`; the policy has {}", modes.join(", "))
            })?),
            None if args.grant.is_some() => Some(only_enforced_mode(policy)?),
            None => None,
        };
        let names = names(args.grant.as_deref().unwrap_or_default(), policy);
        let credential = mode.map(|mode| policy.credential(mode, names.iter().map(String::as_str)));
        let (through, answer) = match &args.endpoint {
            None => (None, subject.access.answer(policy, credential.as_ref())),
            Some(endpoint) => {
                let endpoint = route::of_tool(endpoint, plan)?;
                let (answering, answer) =
                    subject.access.answer_through(endpoint.access, policy, credential.as_ref());
                (Some((endpoint, answering)), answer)
            }
        };
        let asks = args.mode.is_some() || args.grant.is_some();
        Ok(Self { subject, through, policy, credential, asks, answer })
    }

    pub const fn verdict(&self) -> Verdict {
        self.answer.verdict
    }

    /// The status that the policy declares for the denial, none if it is not one.
    pub fn http_status(&self) -> Option<u16> {
        self.policy.denials.of(self.verdict()).map(|denial| denial.status)
    }

    /// The scopes that the credential grants, were it valid.
    fn granted(&self) -> &[ScopeIndex] {
        self.credential.as_ref().map_or(&[], |credential| &credential.granted)
    }

    /// For each scope of the first alternative that is met: how a granted scope leads to it.
    pub fn because(&self) -> Vec<Vec<ScopeIndex>> {
        let valid = self.credential.as_ref().filter(|credential| credential.invalid.is_none());
        let Some(Credential { mode, granted, .. }) = valid else { return Vec::new() };
        let chains = |all_of: &Vec<ScopeIndex>| {
            all_of.iter().map(|scope| chain(self.policy, granted, *scope)).collect::<Option<Vec<_>>>()
        };
        self.subject.access.for_mode(*mode).alternatives().iter().find_map(chains).unwrap_or_default()
    }

    fn closure(&self) -> Vec<ScopeIndex> {
        let mut closure: Vec<ScopeIndex> = self
            .granted()
            .iter()
            .flat_map(|scope| self.policy.scope(*scope).closure.iter().copied())
            .collect();
        closure.sort();
        closure.dedup();
        closure
    }

    /// The modes that may get in where the caller's assurance is too low.
    pub fn upgrades(&self) -> Vec<(ModeIndex, &AuthMode)> {
        let Some(Credential { mode, .. }) = self.credential.as_ref() else { return Vec::new() };
        if self.verdict() != Verdict::InsufficientUserAuthentication {
            return Vec::new();
        }
        let upgrades = self.policy.modes_indexed().filter(|(_, upgrade)| upgrade.upgrades == Some(*mode));
        let access = match &self.through {
            Some((endpoint, Answering::Endpoint)) => endpoint.access,
            _ => self.subject.access,
        };
        let may_get_in = |upgrade: ModeIndex| {
            !matches!(access.for_mode(upgrade), Decision::Refused | Decision::Deferred { .. })
        };
        upgrades.filter(|(upgrade, _)| may_get_in(*upgrade)).collect()
    }

    pub fn names(&self, scopes: &[ScopeIndex]) -> Vec<&str> {
        scopes.iter().map(|scope| self.policy.scope(*scope).name.as_str()).collect()
    }

    /// The stable form of `cargo scopes explain --format json`.
    pub fn to_json(&self) -> Value {
        let mode = self.credential.as_ref().map(|credential| credential.mode);
        let decision = mode.map_or(self.subject.access.otherwise, |mode| self.subject.access.for_mode(mode));
        let requires: Vec<_> = decision.alternatives().iter().map(|all_of| self.names(all_of)).collect();
        let because: Vec<_> = self.because().iter().map(|chain| self.names(chain)).collect();
        let read = self.credential.iter().flat_map(|credential| &credential.names);
        let mut object = json!({
            self.subject.key: self.subject.name,
            "mode": mode.map(|mode| self.policy.mode(mode).name.as_str()),
            "decision": decision.word(),
            "allowed": self.verdict() == Verdict::Allowed,
            "requires": requires,
            "granted": self.names(self.granted()),
            "closure": self.names(&self.closure()),
            "because": because,
            "missing": self.names(&self.answer.missing),
            "upgrades": self.upgrades().iter().map(|(_, mode)| mode.name.as_str()).collect::<Vec<_>>(),
            "reason": self.verdict().denial(),
            "http_status": self.http_status(),
            "credential": self.credential.as_ref().map_or("absent", Credential::word),
            "names": read.map(|name| self.name_to_json(name)).collect::<Vec<_>>(),
        });
        if let (Some((endpoint, answering)), Some(object)) = (&self.through, object.as_object_mut()) {
            object.insert("endpoint".to_owned(), self.endpoint_to_json(endpoint, *answering));
        }
        object
    }

    /// The endpoint through which a tool is called, and whether its decision answers.
    fn endpoint_to_json(&self, endpoint: &Subject<'_>, answering: Answering) -> Value {
        let mode = self.credential.as_ref().map(|credential| credential.mode);
        let decision = mode.map_or(endpoint.access.otherwise, |mode| endpoint.access.for_mode(mode));
        json!({
            "route": endpoint.name,
            "decision": decision.word(),
            "requires": decision.alternatives().iter().map(|all_of| self.names(all_of)).collect::<Vec<_>>(),
            "answers": matches!(answering, Answering::Endpoint | Answering::Both),
        })
    }

    /// What a name of the credential is: the status of a scope, `old-name` or `unknown`.
    fn name_to_json(&self, read: &CredentialName<'_>) -> Value {
        let CredentialName { name, grants, standing } = read;
        let grants = grants.is_some();
        match standing {
            NameStanding::Scope(scope) => {
                json!({ "name": name, "status": self.policy.scope(*scope).status.as_str(), "grants": grants })
            }
            NameStanding::OldName(alias) => json!({
                "name": name,
                "status": "old-name",
                "grants": grants,
                "target": self.policy.scope(alias.target).name,
                "until": alias.until,
            }),
            NameStanding::Unknown => json!({ "name": name, "status": "unknown", "grants": grants }),
        }
    }
}

/// The names in what was given as `--grant`: as they stand between commas or blanks, or in a JSON array. So a key's list
/// and a token's claim can be pasted as they are.
fn names(given: &[String], policy: &Policy) -> Vec<String> {
    let is_declared = |name: &str| {
        policy.scope_named(name).is_some() || policy.aliases.iter().any(|alias| alias.name == name)
    };
    let mut names = Vec::new();
    for text in given {
        if let Ok(listed) = serde_json::from_str::<Vec<String>>(text) {
            names.extend(listed);
            continue;
        }
        for piece in text.split_whitespace() {
            // A scope's name may hold commas (RFC 6749 section 3.3), blanks it can't.
            if is_declared(piece) {
                names.push(piece.to_owned());
            } else {
                names.extend(piece.split(',').filter(|name| !name.is_empty()).map(str::to_owned));
            }
        }
    }
    names
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
