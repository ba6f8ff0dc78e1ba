//! The decision on an endpoint, where it was written, and whether a caller may call it.

use super::{Args, Format, search};
use crate::args::Common;
use crate::commands::compile;
use crate::output::{note, result};
use crate::project::{Project, Unnamed};
use crate::report::Stream;
use crate::status::Status;
use anyhow::{Context as _, Result, bail};
use scopewright_compiler::{nearest, requirement};
use scopewright_model::core::{Method, ModeIndex, ScopeEnforcement, ScopeIndex, Verdict};
use scopewright_model::policy::{AuthMode, RouteStatus};
use scopewright_model::{DecidedBy, Decision, Operation, Policy};
use serde_json::json;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

pub fn explain(common: &Common, args: &Args, what: &str) -> Result<Status> {
    let (method, path) = what.trim().split_once(char::is_whitespace).with_context(|| {
        format!("`{what}` names no method; write it before the path, as in `GET {}`", what.trim())
    })?;
    let path = path.trim();
    let method: Method =
        method.to_ascii_uppercase().parse().map_err(|error| anyhow::anyhow!("`{method}` is {error}"))?;
    let project = Project::find(common, Unnamed::Services)?;
    let compiled = compile(&project, &[]);
    let mut titles: Vec<String> = Vec::new();
    for (_, outcome) in &compiled.outcomes {
        let Some(plan) = &outcome.plan else { continue };
        if let Some(operation) = search::operation(&plan.operations, method, path) {
            let question = Question::read(args, operation, &plan.policy)?;
            result(&match args.format {
                Format::Text => question.in_words(),
                Format::Json => format!("{}\n", question.to_json()),
            })?;
            return Ok(Status::Clean);
        }
        titles.extend(plan.operations.iter().map(Operation::title));
        let undecided = outcome.routes.routes.iter().find(|route| {
            route.method == method && (route.path.to_string() == path || route.path_as_written == path)
        });
        if let Some(route) = undecided {
            note(&format!(
                "`{method} {}` is not decided, or not rightly: `cargo scopes check` says why\n",
                route.path
            ));
            return Ok(Status::Findings);
        }
    }
    if compiled.outcomes.iter().any(|(_, outcome)| outcome.plan.is_none()) {
        compiled.report(common.message_format, Stream::Note)?;
        return Ok(Status::Findings);
    }
    match nearest(&format!("{method} {path}"), titles.iter().map(String::as_str)) {
        Some(near) => bail!("there is no endpoint `{method} {path}`; did you mean `{near}`?"),
        None => bail!("there is no endpoint `{method} {path}`; `cargo scopes routes` lists them"),
    }
}

/// An operation and the caller who asks for it.
struct Question<'p> {
    operation: &'p Operation,
    policy: &'p Policy,
    /// The caller's mode and granted scopes; none is a caller without a credential.
    caller: Option<(ModeIndex, Vec<ScopeIndex>)>,
    /// Whether a caller was asked about at all.
    asks: bool,
}

impl<'p> Question<'p> {
    fn read(args: &Args, operation: &'p Operation, policy: &'p Policy) -> Result<Self> {
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
        Ok(Self { operation, policy, caller: mode.map(|mode| (mode, granted)), asks })
    }

    fn verdict(&self) -> Verdict {
        let caller = self.caller.as_ref().map(|(mode, granted)| (*mode, granted.as_slice()));
        self.operation.verdict(self.policy, caller)
    }

    fn missing(&self) -> Vec<ScopeIndex> {
        self.caller
            .as_ref()
            .map(|(mode, granted)| self.operation.missing_scopes(self.policy, *mode, granted))
            .unwrap_or_default()
    }

    /// For each scope of the first alternative that is met: how a granted scope leads to it.
    fn because(&self) -> Vec<Vec<ScopeIndex>> {
        let Some((mode, granted)) = &self.caller else { return Vec::new() };
        let chains = |all_of: &Vec<ScopeIndex>| {
            all_of.iter().map(|scope| chain(self.policy, granted, *scope)).collect::<Option<Vec<_>>>()
        };
        self.operation.for_mode(*mode).alternatives().iter().find_map(chains).unwrap_or_default()
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
    fn upgrades(&self) -> Vec<(ModeIndex, &AuthMode)> {
        let Some((mode, _)) = self.caller.as_ref() else { return Vec::new() };
        if self.verdict() != Verdict::InsufficientUserAuthentication {
            return Vec::new();
        }
        let upgrades = self.policy.modes_indexed().filter(|(_, upgrade)| upgrade.upgrades == Some(*mode));
        let may_get_in = |upgrade: ModeIndex| {
            !matches!(self.operation.for_mode(upgrade), Decision::Refused | Decision::Deferred { .. })
        };
        upgrades.filter(|(upgrade, _)| may_get_in(*upgrade)).collect()
    }

    fn names(&self, scopes: &[ScopeIndex]) -> Vec<&str> {
        scopes.iter().map(|scope| self.policy.scope(*scope).name.as_str()).collect()
    }

    /// The stable form of `cargo scopes explain --format json`.
    fn to_json(&self) -> serde_json::Value {
        let mode = self.caller.as_ref().map(|(mode, _)| *mode);
        let decision = mode.map_or(&self.operation.otherwise, |mode| self.operation.for_mode(mode));
        let requires: Vec<_> = decision.alternatives().iter().map(|all_of| self.names(all_of)).collect();
        let because: Vec<_> = self.because().iter().map(|chain| self.names(chain)).collect();
        json!({
            "route": self.operation.title(),
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

    fn in_words(&self) -> String {
        let Self { operation, policy, .. } = self;
        let mut text = format!("{}\n", operation.title());
        let mut line = |name: &str, value: String| _ = writeln!(text, "  {name:<12}{value}");
        if let Some(handler) = &operation.handler {
            line("handler", format!("{} ({})", handler.path, handler.definition));
        }
        line("registered", format!("{} ({})", operation.registered, operation.framework.as_str()));
        for condition in &operation.conditions {
            line("only if", condition.clone());
        }
        line("decided", format!("{} ({})", place(&operation.decided_by), operation.decided_by.span()));
        let mut label = "requires";
        if operation.by_mode.is_empty() {
            line(std::mem::take(&mut label), requirement(&operation.otherwise, policy));
        }
        for (index, mode) in policy.modes_of_callers() {
            let decision = operation.for_mode(index);
            let is_skipped =
                mode.enforcement == ScopeEnforcement::Skipped && matches!(decision, Decision::Scoped(_));
            let skipped = is_skipped.then(|| {
                let reason = mode.skipped_because.as_deref().unwrap_or("scopes are not checked");
                format!("any valid credential, scopes are skipped: {reason}")
            });
            if !operation.by_mode.is_empty() || is_skipped {
                let required = skipped.unwrap_or_else(|| requirement(decision, policy));
                line(std::mem::take(&mut label), format!("by `{}`: {required}", mode.name));
            }
        }
        if operation.status != RouteStatus::Stable {
            line("status", operation.status.as_str().to_owned());
        }
        for (scope, when) in &operation.may_require {
            line("may require", format!("`{}` {when}", policy.scope(*scope).name));
        }
        if self.asks {
            text.push_str(&self.answer());
        }
        text
    }

    fn answer(&self) -> String {
        let who = match &self.caller {
            Some((mode, granted)) if granted.is_empty() => {
                format!("A caller by `{}` without any scope", self.policy.mode(*mode).name)
            }
            Some((mode, granted)) => {
                let granted: Vec<String> =
                    self.names(granted).into_iter().map(|name| format!("`{name}`")).collect();
                format!("A caller by `{}` with {}", self.policy.mode(*mode).name, granted.join(", "))
            }
            None => "A caller without a credential".to_owned(),
        };
        let answer = match self.verdict() {
            Verdict::Allowed => "is allowed",
            Verdict::Unauthenticated => "is denied: 401, a credential is needed",
            Verdict::InsufficientScope => "is denied: scopes are missing",
            Verdict::InsufficientUserAuthentication => {
                "is denied: 401, the credential's assurance is too low"
            }
            Verdict::ModeRefused => "is denied: this kind of credential may never call it",
            Verdict::Undecided => "is denied: nobody has decided who may call it",
        };
        let mut text = format!("\n{who} {answer}.\n");
        for (_, upgrade) in self.upgrades() {
            // Writing to a text can't fail.
            _ = writeln!(text, "  a credential of the mode `{}` may get in", upgrade.name);
        }
        for chain in self.because() {
            let names: Vec<String> = self.names(&chain).into_iter().map(|name| format!("`{name}`")).collect();
            // Writing to a text can't fail.
            _ = match names.as_slice() {
                [only] => writeln!(text, "  {only} is granted"),
                several => writeln!(text, "  {}", several.join(" implies ")),
            };
        }
        for name in self.names(&self.missing()) {
            _ = writeln!(text, "  `{name}` is missing");
        }
        text
    }
}

const fn place(decided_by: &DecidedBy) -> &'static str {
    match decided_by {
        DecidedBy::Attribute(_) => "by the attribute on its handler",
        DecidedBy::Registration(_) => "where it is registered",
        DecidedBy::Route(_) => "by a `[[routes]]` entry",
        DecidedBy::Family(_) => "by a family that assigns",
        DecidedBy::Source(_) => "by the document that describes it",
        DecidedBy::Resource(_) => "by `[resource]`",
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
