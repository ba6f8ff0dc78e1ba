//! An endpoint as the commands show it, in one shape whether a plan decides it or not.

use scopewright_compiler::Outcome;
use scopewright_model::core::ModeIndex;
use scopewright_model::policy::RouteStatus;
use scopewright_model::{
    Annotation, DecidedBy, Decision, DeclaredRule, Handler, ModeRule, Operation, Policy, Route, Span,
    Standing,
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// One endpoint and its decision.
pub struct Endpoint {
    pub method: &'static str,
    pub path: String,
    handler: Option<Handler>,
    registered: Span,
    framework: &'static str,
    conditions: Vec<String>,
    status: RouteStatus,
    /// Whether it is served by what was guarded once and given up.
    is_unguarded: bool,
    decisions: Decisions,
}

/// What callers must bring.
pub struct Decisions {
    /// What holds in general, or for the first mode that may call if only some may.
    decision: Asked,
    /// What holds for single auth modes.
    modes: Vec<(String, Asked)>,
    /// Modes that another entry of the policy decides than the rest, and where it stands.
    apart: BTreeMap<String, Span>,
    /// Whether what holds in general stands under `modes` too.
    is_by_mode: bool,
}

/// What a caller must bring.
struct Asked {
    /// `scoped`, `authenticated`, `public`, `optional`, `refused`, `deferred` or `missing`.
    word: &'static str,
    /// Any of the alternatives, all of its scopes.
    requires: Vec<Vec<String>>,
}

/// The endpoints of a service, sorted by path, then method.
pub fn endpoints(outcome: &Outcome) -> Vec<Endpoint> {
    let operations = outcome.plan.iter().flat_map(|plan| &plan.operations);
    let policy = outcome.plan.as_ref().map(|plan| &plan.policy);
    let decided: Vec<&Operation> = operations.collect();
    // Asked and never walked: a service may have ten thousand of them.
    let by_route: HashMap<_, &Operation> = decided
        .iter()
        .map(|operation| ((operation.method, operation.path.to_string()), *operation))
        .collect();
    let servers = &outcome.routes.servers;
    let is_given_up =
        |at: &usize| servers.get(*at).is_some_and(|server| server.standing == Standing::Unguarded);
    let mut endpoints: Vec<Endpoint> = outcome
        .routes
        .routes
        .iter()
        .map(|route| {
            let endpoint = match (by_route.get(&(route.method, route.path.to_string())), policy) {
                (Some(operation), Some(policy)) if speaks_for(operation, route) => {
                    Endpoint::decided(operation, route, policy)
                }
                _ => Endpoint::as_written(route),
            };
            Endpoint { is_unguarded: route.servers.iter().any(is_given_up), ..endpoint }
        })
        .collect();
    // What the policy itself declares is in no table of routes.
    let in_table: HashSet<_> =
        outcome.routes.routes.iter().map(|route| (route.method, route.path.to_string())).collect();
    for operation in &decided {
        if let Some(policy) = policy
            && !in_table.contains(&(operation.method, operation.path.to_string()))
        {
            endpoints.push(Endpoint::of_policy(operation, policy));
        }
    }
    sort(&mut endpoints);
    endpoints
}

/// Whether what a plan says of an operation is what holds for this registration of it: another handler of the same
/// method and path may say something else.
fn speaks_for(operation: &Operation, route: &Route) -> bool {
    let is_same = operation.registered == route.registered && operation.handler == route.handler;
    is_same || route.annotation.as_ref().is_none_or(|annotation| annotation.rules.is_empty())
}

/// By path, then method, then place.
pub fn sort(endpoints: &mut [Endpoint]) {
    endpoints.sort_by(|one, other| {
        (&one.path, one.method, &one.registered).cmp(&(&other.path, other.method, &other.registered))
    });
}

impl Endpoint {
    fn decided(operation: &Operation, route: &Route, policy: &Policy) -> Self {
        Self {
            handler: route.handler.clone(),
            registered: route.registered.clone(),
            ..Self::of_policy(operation, policy)
        }
    }

    fn of_policy(operation: &Operation, policy: &Policy) -> Self {
        Self {
            method: operation.method.as_str(),
            path: operation.path.to_string(),
            handler: operation.handler.clone(),
            registered: operation.registered.clone(),
            framework: operation.framework.as_str(),
            conditions: operation.conditions.clone(),
            status: operation.status,
            is_unguarded: false,
            decisions: Decisions::decided(&operation.by_mode, &operation.otherwise, policy)
                .decided_apart(&operation.decided_apart, policy),
        }
    }

    /// A route that no plan decides: what its annotation says, names not looked up.
    fn as_written(route: &Route) -> Self {
        Self {
            method: route.method.as_str(),
            path: route.path.to_string(),
            handler: route.handler.clone(),
            registered: route.registered.clone(),
            framework: route.framework.as_str(),
            conditions: route.conditions.clone(),
            status: route.annotation.as_ref().and_then(|annotation| annotation.status).unwrap_or_default(),
            is_unguarded: false,
            decisions: Decisions::as_written(route.annotation.as_ref()),
        }
    }

    /// The stable form of `cargo scopes routes --format json`.
    pub fn to_json(&self) -> Value {
        let place = self.handler.as_ref().map_or(&self.registered, |handler| &handler.definition);
        let mut object = Map::new();
        let mut add = |key: &str, value: Value| _ = object.insert(key.to_owned(), value);
        add("method", self.method.into());
        add("path", self.path.as_str().into());
        add("handler", self.handler.as_ref().map(|handler| handler.path.as_str()).into());
        add("file", (*place.file).into());
        add("line", place.start.line.into());
        add("registered", json!({ "file": &*self.registered.file, "line": self.registered.start.line }));
        add("framework", self.framework.into());
        self.decisions.add_to(&mut add);
        if self.status != RouteStatus::Stable {
            add("status", self.status.as_str().into());
        }
        if self.is_unguarded {
            add("unguarded", true.into());
        }
        if !self.conditions.is_empty() {
            add("conditions", json!(self.conditions));
        }
        Value::Object(object)
    }

    /// The columns of a table: method, path, what is required, handler, where it is registered.
    pub fn to_row(&self) -> [String; 5] {
        let handler = self.handler.as_ref().map_or_else(|| "-".to_owned(), |handler| handler.path.clone());
        let mark = if self.is_unguarded { " (served unguarded)" } else { "" };
        let place = format!("{}:{}{mark}", self.registered.file, self.registered.start.line);
        [self.method.to_owned(), self.path.clone(), self.decisions.to_string(), handler, place]
    }
}

/// The headings of [`Endpoint::to_row`].
pub const COLUMNS: [&str; 5] = ["METHOD", "PATH", "REQUIRES", "HANDLER", "REGISTERED"];

impl Decisions {
    /// Those that a plan has.
    pub fn decided(by_mode: &BTreeMap<ModeIndex, Decision>, otherwise: &Decision, policy: &Policy) -> Self {
        let mut modes: Vec<(String, Asked)> = by_mode
            .iter()
            .map(|(mode, decision)| (policy.mode(*mode).name.clone(), Asked::of(decision, policy)))
            .collect();
        // Where only some modes may call, what they must bring says more than that the others may not.
        let first = by_mode.values().next().filter(|_| *otherwise == Decision::Refused);
        if first.is_some() {
            let others = policy.modes_of_callers().filter(|(mode, _)| !by_mode.contains_key(mode));
            modes.extend(others.map(|(_, mode)| (mode.name.clone(), Asked::of(&Decision::Refused, policy))));
        }
        let decision = Asked::of(first.unwrap_or(otherwise), policy);
        Self { decision, modes, apart: BTreeMap::new(), is_by_mode: first.is_some() }
    }

    /// With the modes that another entry decides.
    fn decided_apart(mut self, apart: &BTreeMap<ModeIndex, DecidedBy>, policy: &Policy) -> Self {
        let named =
            |(mode, place): (&ModeIndex, &DecidedBy)| (policy.mode(*mode).name.clone(), place.span().clone());
        self.apart = apart.iter().map(named).collect();
        self
    }

    /// What an annotation says, names not looked up.
    pub fn as_written(annotation: Option<&Annotation>) -> Self {
        let rules = annotation.into_iter().flat_map(|annotation| &annotation.rules);
        let (with_mode, without): (Vec<&ModeRule>, Vec<&ModeRule>) =
            rules.partition(|rule| rule.via.is_some());
        let general = without.first().or(with_mode.first());
        Self {
            decision: general
                .map_or(Asked { word: "missing", requires: Vec::new() }, |rule| Asked::written(&rule.rule)),
            modes: with_mode
                .iter()
                .filter_map(|rule| Some((rule.via.as_ref()?.value.clone(), Asked::written(&rule.rule))))
                .collect(),
            apart: BTreeMap::new(),
            is_by_mode: without.is_empty() && !with_mode.is_empty(),
        }
    }

    /// The members of the machine form.
    pub fn add_to(&self, add: &mut impl FnMut(&str, Value)) {
        add("decision", self.decision.word.into());
        add("requires", json!(self.decision.requires));
        if !self.modes.is_empty() {
            let modes = self.modes.iter().map(|(mode, asked)| {
                (mode.clone(), json!({ "decision": asked.word, "requires": asked.requires }))
            });
            add("modes", Value::Object(modes.collect()));
        }
        if !self.apart.is_empty() {
            let places = self.apart.iter().map(|(mode, place)| {
                (mode.clone(), json!({ "file": &*place.file, "line": place.start.line }))
            });
            add("decided_apart", Value::Object(places.collect()));
        }
    }
}

impl std::fmt::Display for Decisions {
    /// What is asked in general, then by mode.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let general = (!self.is_by_mode).then(|| self.decision.to_string());
        let by_mode = self.modes.iter().map(|(mode, asked)| match self.apart.get(mode) {
            Some(place) => format!("{mode}: {asked} ({}:{})", place.file, place.start.line),
            None => format!("{mode}: {asked}"),
        });
        f.write_str(&general.into_iter().chain(by_mode).collect::<Vec<_>>().join("; "))
    }
}

impl Asked {
    fn of(decision: &Decision, policy: &Policy) -> Self {
        let names = |all_of: &Vec<_>| all_of.iter().map(|scope| policy.scope(*scope).name.clone()).collect();
        Self { word: decision.word(), requires: decision.alternatives().iter().map(names).collect() }
    }

    fn written(rule: &DeclaredRule) -> Self {
        let (word, requires) = match rule {
            DeclaredRule::Scoped(any_of) => {
                let names = |all_of: &Vec<scopewright_model::ScopeName>| {
                    all_of.iter().map(|name| name.text.clone()).collect()
                };
                ("scoped", any_of.iter().map(names).collect())
            }
            DeclaredRule::Authenticated => ("authenticated", Vec::new()),
            DeclaredRule::Public { .. } => ("public", Vec::new()),
            DeclaredRule::OptionalAuth => ("optional", Vec::new()),
            DeclaredRule::Refused => ("refused", Vec::new()),
            DeclaredRule::Deferred { .. } => ("deferred", Vec::new()),
        };
        Self { word, requires }
    }
}

impl std::fmt::Display for Asked {
    /// `a + b | c`, or the word where no scope is asked for.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.requires.is_empty() {
            return f.write_str(self.word);
        }
        let alternatives: Vec<String> = self.requires.iter().map(|all_of| all_of.join(" + ")).collect();
        f.write_str(&alternatives.join(" | "))
    }
}
