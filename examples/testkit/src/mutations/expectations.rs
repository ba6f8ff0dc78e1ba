//! What a document says of its policy, as data: a JSON object a line, each with the name of the case and the sentence
//! it stands for.

use std::collections::BTreeSet;
use std::fmt;

use scopewright_model::core::{ScopeIndex, Verdict};
use scopewright_model::policy::Bundle;
use scopewright_model::{
    Annotation, DeclaredRule, ModeRule, Plan, Policy, RouteTable, ScopeName, ScopeSpelling, Spanned,
};
use serde::Deserialize;

use super::Subject;

/// One sentence.
#[derive(Deserialize)]
pub(super) struct Expectation {
    /// Its name, unique in a file.
    case: String,
    /// The sentence of the document, in our words.
    says: String,
    #[serde(flatten)]
    claim: Claim,
}

/// What a sentence says.
#[derive(Deserialize)]
#[serde(untagged)]
enum Claim {
    /// Whether a caller with these scopes (and those of a bundle) may make a call.
    Call {
        call: String,
        /// The auth mode; the first of the policy unless it is said.
        mode: Option<String>,
        #[serde(default)]
        granted: Vec<String>,
        bundle: Option<String>,
        allowed: bool,
    },
    /// With less than this asked for at the handler of an endpoint, the service does not build: a scope instead of the
    /// one it asks for, or (`null`, or a mode) only any valid credential, or one of that mode, with that scope if there
    /// is one.
    Weaken { weaken: String, to: Option<String>, mode: Option<String> },
    /// A bundle has exactly these scopes.
    Bundle { bundle: String, scopes: BTreeSet<String> },
    /// Where a scope is in its life: unless it is live, no credential can be granted it.
    Status { scope: String, status: String },
    /// The calls a scope lets in are written down.
    Audited { audited: String },
}

/// The expectations of a file. A line that can't be read, and a name that is there twice, are failed tests.
pub(super) fn read(text: &str) -> Vec<Expectation> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let expectations: Vec<Expectation> = lines
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let names: BTreeSet<&str> = expectations.iter().map(|it| it.case.as_str()).collect();
    assert_eq!(names.len(), expectations.len(), "two expectations have one name");
    expectations
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ({})", self.case, self.says)
    }
}

impl Expectation {
    /// What is not as the document says, if anything is.
    pub(super) fn problem(&self, subject: &Subject<'_>) -> Option<String> {
        let Some(plan) = &subject.plan else { return Some("the service does not build".to_owned()) };
        match &self.claim {
            Claim::Call { call, mode, granted, bundle, allowed } => {
                match is_allowed(plan, call, mode.as_deref(), granted, bundle.as_deref()) {
                    Ok(found) if found == *allowed => None,
                    Ok(true) => Some("the call is allowed".to_owned()),
                    Ok(false) => Some("the call is denied".to_owned()),
                    Err(problem) => Some(problem),
                }
            }
            Claim::Weaken { weaken, to, mode } => {
                let weakened = match (to, mode) {
                    (Some(scope), None) => with_scope(subject.routes, weaken, scope),
                    _ => with_credential(subject.routes, weaken, mode.as_deref(), to.as_deref()),
                };
                match weakened {
                    Some(routes) => subject.builds_with(&routes).then(|| {
                        let asked = to.as_deref().unwrap_or("any valid credential");
                        let of = mode.as_ref().map(|mode| format!(" of `{mode}`")).unwrap_or_default();
                        format!("it builds asking for `{asked}`{of}")
                    }),
                    None => Some(format!("`{weaken}` has no handler that asks for more than that")),
                }
            }
            Claim::Bundle { bundle, scopes } => {
                let Some(bundle) = bundle_named(&plan.policy, bundle) else {
                    return Some("there is no such bundle".to_owned());
                };
                let found: BTreeSet<&str> =
                    bundle.scopes.iter().map(|scope| plan.policy.scope(*scope).name.as_str()).collect();
                let expected = scopes.iter().map(String::as_str).collect();
                (found != expected).then(|| format!("it has {found:?}"))
            }
            Claim::Status { scope, status } => {
                let Some(index) = plan.policy.scope_named(scope) else {
                    return Some("there is no such scope".to_owned());
                };
                let found = plan.policy.scope(index).status;
                (found.as_str() != status).then(|| format!("it is {}", found.as_str()))
            }
            Claim::Audited { audited } => {
                let scope = plan.policy.scopes.iter().find(|scope| scope.name == *audited);
                let is_audited = scope.is_some_and(|scope| scope.audit);
                (!is_audited).then(|| "what it lets in is not written down".to_owned())
            }
        }
    }
}

fn is_allowed(
    plan: &Plan,
    call: &str,
    mode: Option<&str>,
    granted: &[String],
    bundle: Option<&str>,
) -> Result<bool, String> {
    let Plan { policy, operations, .. } = plan;
    let operation = operations.iter().find(|operation| operation.title() == call);
    let operation = operation.ok_or_else(|| format!("there is no `{call}`"))?;
    let mode = mode.or_else(|| policy.modes.first().map(|mode| mode.name.as_str()));
    let mode = mode.and_then(|mode| policy.mode_named(mode)).ok_or("there is no such mode")?;
    let mut scopes: Vec<ScopeIndex> = granted
        .iter()
        .map(|name| policy.scope_named(name).ok_or_else(|| format!("there is no scope `{name}`")))
        .collect::<Result<_, _>>()?;
    if let Some(bundle) = bundle {
        let bundle = bundle_named(policy, bundle).ok_or_else(|| format!("there is no bundle `{bundle}`"))?;
        scopes.extend(&bundle.scopes);
    }
    Ok(operation.verdict(policy, Some((mode, &scopes))) == Verdict::Allowed)
}

fn bundle_named<'p>(policy: &'p Policy, name: &str) -> Option<&'p Bundle> {
    policy.bundles.iter().find(|bundle| bundle.name == name)
}

/// The endpoints, where the handler of one asks for another scope. None if it asks for none.
fn with_scope(routes: &RouteTable, endpoint: &str, scope: &str) -> Option<RouteTable> {
    let mut routes = routes.clone();
    let mut changed = false;
    for rule in &mut annotation(&mut routes, endpoint)?.rules {
        if let DeclaredRule::Scoped(alternatives) = &mut rule.rule {
            let name = alternatives.iter_mut().flatten().next()?;
            scope.clone_into(&mut name.text);
            name.spelling = ScopeSpelling::Literal;
            *alternatives = vec![vec![name.clone()]];
            changed = true;
        }
    }
    changed.then_some(routes)
}

/// The endpoints, where the handler of one asks for a valid credential of a mode, or of any, with a scope if one is named.
/// None if it does already.
fn with_credential(
    routes: &RouteTable,
    endpoint: &str,
    mode: Option<&str>,
    scope: Option<&str>,
) -> Option<RouteTable> {
    let mut routes = routes.clone();
    let rules = &mut annotation(&mut routes, endpoint)?.rules;
    let span = rules.first()?.span.clone();
    let via = mode.map(|mode| Spanned::new(mode.to_owned(), span.clone()));
    let name = |scope: &str| ScopeName {
        text: scope.to_owned(),
        spelling: ScopeSpelling::Literal,
        span: span.clone(),
    };
    let rule =
        scope.map_or(DeclaredRule::Authenticated, |scope| DeclaredRule::Scoped(vec![vec![name(scope)]]));
    let asked = ModeRule { via, rule, span };
    let asked_before = rules.iter().any(|it| {
        let [before, now] = [it, &asked].map(|it| it.via.as_ref().map(|mode| &mode.value));
        before == now && it.rule == asked.rule
    });
    *rules = vec![asked];
    (!asked_before).then_some(routes)
}

fn annotation<'r>(routes: &'r mut RouteTable, endpoint: &str) -> Option<&'r mut Annotation> {
    let mut all = routes.routes.iter_mut();
    all.find(|route| format!("{} {}", route.method, route.path) == endpoint)?.annotation.as_mut()
}
