//! Every endpoint of a service and every kind of caller, over HTTP, against what the policy says.
//!
//! What is expected is worked out here with plain sets, on purpose: the function that decides in the service must not
//! be its own judge. `explain` answers from that function, and has to agree with it as well.

use std::collections::BTreeSet;

use scopewright_model::core::{Method, ScopeEnforcement, ScopeIndex, Verdict};
use scopewright_model::policy::Denial;
use scopewright_model::{Decision, Operation, Plan, Policy};

use crate::Client;
use crate::denial_body::{self, Facts, closure};

mod tools;

pub use tools::check_tools;

/// Somebody who calls, and what is known of them.
pub struct Caller {
    /// For messages.
    pub name: String,
    /// The client with the credential.
    pub client: Client,
    /// What the credential is.
    pub credential: Credential,
}

/// The credential of a [`Caller`].
#[derive(Clone)]
pub enum Credential {
    /// None is sent.
    None,
    /// One is sent that is not valid: unknown, expired, revoked, in the wrong place.
    Invalid,
    /// Several are sent, of which none counts more than the others.
    Several,
    /// A valid one of this mode with these scopes granted.
    Valid {
        /// The mode's name.
        mode: String,
        /// The scopes' names.
        scopes: Vec<String>,
    },
}

/// What must come back.
enum Expected {
    /// Anything but a denial.
    Allowed,
    /// This denial.
    Denied { status: u16, body: String, verdict: Verdict },
}

/// A caller for each scope that can be granted, each bundle, none and all of them, in one mode. `client` makes a
/// credential of that mode with these scopes.
pub fn callers_of_mode(policy: &Policy, mode: &str, client: impl Fn(&[&str]) -> Client) -> Vec<Caller> {
    let live: Vec<&str> = policy
        .scopes
        .iter()
        .filter(|scope| scope.status.is_live())
        .map(|scope| scope.name.as_str())
        .collect();
    let mut grants = vec![("no scope".to_owned(), Vec::new()), ("every scope".to_owned(), live.clone())];
    grants.extend(live.iter().map(|scope| (format!("only {scope}"), vec![*scope])));
    for bundle in &policy.bundles {
        let scopes = bundle.scopes.iter().map(|scope| policy.scope(*scope).name.as_str()).collect();
        grants.push((format!("the bundle {}", bundle.name), scopes));
    }
    grants
        .into_iter()
        .map(|(name, scopes)| Caller {
            name: format!("{mode} with {name}"),
            client: client(&scopes),
            credential: Credential::Valid {
                mode: mode.to_owned(),
                scopes: scopes.into_iter().map(str::to_owned).collect(),
            },
        })
        .collect()
}

/// Sends every operation by every caller and compares status and body; returns how many answers were compared.
///
/// A handler's own answers are never 401 or 403 in these services, so that those are denials.
pub fn check(plan: &Plan, callers: &[Caller]) -> usize {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for operation in &plan.operations {
        let method = if operation.method == Method::Any { "GET" } else { operation.method.as_str() };
        let path = a_request_path(&operation.path.to_string());
        for caller in callers {
            let expected = expected(&plan.policy, operation, caller);
            wrong.extend(explained_otherwise(&plan.policy, operation, caller, &expected));
            let answer = caller.client.call(method, &path, None);
            compared += 1;
            let title = operation.title();
            wrong.extend(disagreement(&title, caller, &expected, answer.status, &answer.text()));
        }
    }
    assert_all(&wrong, compared);
    compared
}

/// Stops the test if an answer is wrong.
fn assert_all(wrong: &[String], compared: usize) {
    assert!(
        wrong.is_empty(),
        "{} of {compared} answers are not what the policy says:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A path a client would send: an id no row has in the place of every parameter.
pub(crate) fn a_request_path(pattern: &str) -> String {
    pattern
        .split('/')
        .map(|segment| if segment.starts_with('{') { "987654" } else { segment })
        .collect::<Vec<_>>()
        .join("/")
}

fn expected(policy: &Policy, operation: &Operation, caller: &Caller) -> Expected {
    match &caller.credential {
        Credential::None => without_grant(policy, operation, &policy.denials.unauthenticated, |it| {
            matches!(it, Decision::Public { .. } | Decision::OptionalAuth)
        }),
        Credential::Invalid => without_grant(policy, operation, &policy.denials.unauthenticated, is_public),
        Credential::Several => without_grant(policy, operation, &policy.denials.invalid_request, is_public),
        Credential::Valid { mode, scopes } => {
            let raw: BTreeSet<_> = scopes.iter().map(|name| policy.scope_named(name).unwrap()).collect();
            with_grant(policy, operation, mode, &raw)
        }
    }
}

const fn is_public(decision: &Decision) -> bool {
    matches!(decision, Decision::Public { .. })
}

fn without_grant(
    policy: &Policy,
    operation: &Operation,
    denial: &Denial,
    is_open: impl Fn(&Decision) -> bool,
) -> Expected {
    let mut every = operation.by_mode.values().chain([&operation.otherwise]);
    if every.clone().any(is_open) {
        return Expected::Allowed;
    }
    let facts = Facts { policy, operation, caller: None, missing: Vec::new() };
    if every.all(|decision| matches!(decision, Decision::Deferred { .. })) {
        denied(&policy.denials.undecided, Verdict::Undecided, &facts)
    } else {
        denied(denial, Verdict::Unauthenticated, &facts)
    }
}

fn with_grant(policy: &Policy, operation: &Operation, name: &str, raw: &BTreeSet<ScopeIndex>) -> Expected {
    let index = policy.mode_named(name).unwrap();
    let facts = |missing| Facts { policy, operation, caller: Some((name, raw)), missing };
    match operation.for_mode(index) {
        Decision::Public { .. } | Decision::OptionalAuth | Decision::Authenticated => Expected::Allowed,
        Decision::Scoped(_) if policy.mode(index).enforcement == ScopeEnforcement::Skipped => {
            Expected::Allowed
        }
        Decision::Scoped(any_of) => {
            let held = closure(policy, raw);
            let missing = any_of.iter().map(|all_of| {
                all_of.iter().copied().filter(|scope| !held.contains(scope)).collect::<Vec<_>>()
            });
            let missing = missing.min_by_key(Vec::len).unwrap();
            if missing.is_empty() {
                return Expected::Allowed;
            }
            let denial = &policy.denials.insufficient_scope;
            denied(denial, Verdict::InsufficientScope, &facts(missing))
        }
        // A credential with more assurance is asked for where it could get in (RFC 9470).
        Decision::Refused
            if policy.modes_indexed().any(|(upgrade, mode)| {
                mode.upgrades == Some(index)
                    && !matches!(operation.for_mode(upgrade), Decision::Refused | Decision::Deferred { .. })
            }) =>
        {
            let denial = &policy.denials.insufficient_user_authentication;
            denied(denial, Verdict::InsufficientUserAuthentication, &facts(Vec::new()))
        }
        Decision::Refused => denied(&policy.denials.mode_refused, Verdict::ModeRefused, &facts(Vec::new())),
        Decision::Deferred { .. } => {
            denied(&policy.denials.undecided, Verdict::Undecided, &facts(Vec::new()))
        }
    }
}

fn denied(denial: &Denial, verdict: Verdict, facts: &Facts<'_>) -> Expected {
    Expected::Denied { status: denial.status, body: denial_body::expected(denial, facts), verdict }
}

/// What `explain` says, where it is something else.
fn explained_otherwise(
    policy: &Policy,
    operation: &Operation,
    caller: &Caller,
    expected: &Expected,
) -> Option<String> {
    let verdict = match &caller.credential {
        Credential::None => operation.verdict(policy, None),
        // `explain` speaks of valid credentials only.
        Credential::Invalid | Credential::Several => return None,
        Credential::Valid { mode, scopes } => {
            let granted: Vec<_> = scopes.iter().map(|name| policy.scope_named(name).unwrap()).collect();
            operation.verdict(policy, Some((policy.mode_named(mode).unwrap(), &granted)))
        }
    };
    let agrees = match expected {
        Expected::Allowed => verdict == Verdict::Allowed,
        Expected::Denied { verdict: expected, .. } => verdict == *expected,
    };
    (!agrees).then(|| format!("{} with {}: explained as {verdict:?}", operation.title(), caller.name))
}

fn disagreement(title: &str, caller: &Caller, expected: &Expected, found: u16, text: &str) -> Option<String> {
    let wanted = match expected {
        Expected::Allowed if matches!(found, 401 | 403) => "anything but a denial".to_owned(),
        Expected::Denied { status, body, .. } if (found, text) != (*status, body) => {
            format!("{status} {body}")
        }
        Expected::Allowed | Expected::Denied { .. } => return None,
    };
    Some(format!("{title} with {}: {found} {text}, not {wanted}", caller.name))
}
