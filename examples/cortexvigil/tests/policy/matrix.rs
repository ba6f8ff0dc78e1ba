//! Every endpoint x {each scope alone, none, all, an unknown key, no key, the operator}, over HTTP.

use scopewright_model::core::{ModeIndex, ScopeIndex};
use scopewright_model::{Decision, Operation, Policy};

use crate::plan::plan;
use crate::support::{Answer, Client, OPERATOR, Service};

/// Somebody who calls, and what is known of them.
struct Caller {
    name: String,
    client: Client,
    /// The mode and the granted scopes of a valid credential.
    credential: Option<(ModeIndex, Vec<ScopeIndex>)>,
}

#[test]
fn every_endpoint_answers_every_caller_as_the_policy_says() {
    let plan = plan();
    assert!(plan.operations.len() >= 55, "{} endpoints", plan.operations.len());
    assert_eq!(plan.policy.scopes.len(), 19);
    let service = Service::start();
    let callers = callers(&service, &plan.policy);
    let mut wrong = Vec::new();
    let mut compared = 0;
    for operation in &plan.operations {
        let path = a_request_path(&operation.path.to_string());
        for caller in &callers {
            let answer = caller.client.call(operation.method.as_str(), &path, None);
            compared += 1;
            wrong.extend(disagreement(&plan.policy, operation, caller, &answer));
        }
    }
    assert_eq!(compared, plan.operations.len() * 24);
    assert!(
        wrong.is_empty(),
        "{} of {compared} answers are not what the policy says:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn callers(service: &Service, policy: &Policy) -> Vec<Caller> {
    let key = policy.mode_named("api_key").unwrap();
    let operator = policy.mode_named("operator").unwrap();
    let all: Vec<ScopeIndex> = policy.scopes_indexed().map(|(index, _)| index).collect();
    let with_key = |name: &str, granted: &[ScopeIndex]| Caller {
        name: name.to_owned(),
        client: service
            .app(&granted.iter().map(|scope| policy.scope(*scope).name.as_str()).collect::<Vec<_>>()),
        credential: Some((key, granted.to_vec())),
    };
    let mut callers: Vec<Caller> =
        all.iter().map(|scope| with_key(&format!("only {}", policy.scope(*scope).name), &[*scope])).collect();
    callers.push(with_key("no scope", &[]));
    callers.push(with_key("every scope", &all));
    callers.push(Caller {
        name: "an unknown key".to_owned(),
        client: service.with_key("cv_0000000000000000000000000000000000000000000"),
        credential: None,
    });
    callers.push(Caller { name: "no key".to_owned(), client: service.anonymous(), credential: None });
    callers.push(Caller {
        name: "the operator".to_owned(),
        client: service.anonymous().with("Authorization", &format!("Bearer {OPERATOR}")),
        credential: Some((operator, Vec::new())),
    });
    callers
}

/// A path a client would send: an id no row has in the place of every parameter.
fn a_request_path(pattern: &str) -> String {
    pattern
        .split('/')
        .map(|segment| if segment.starts_with('{') { "987654" } else { segment })
        .collect::<Vec<_>>()
        .join("/")
}

/// What is wrong with an answer, if anything is.
fn disagreement(policy: &Policy, operation: &Operation, caller: &Caller, answer: &Answer) -> Option<String> {
    let body = String::from_utf8_lossy(&answer.bytes);
    match expected(policy, operation, caller) {
        None => {
            let denied =
                answer.status == 401 || (answer.status == 403 && body.contains("insufficient_scope"));
            denied.then(|| wrong(operation, caller, answer, "anything but a denial"))
        }
        Some((status, text)) => ((answer.status, body.as_ref()) != (status, text.as_str()))
            .then(|| wrong(operation, caller, answer, &format!("{status} {text}"))),
    }
}

/// The denial the policy asks for, none if the caller is let in. Worked out here with plain lists, on purpose: the
/// function that decides in the service must not be its own judge.
fn expected(policy: &Policy, operation: &Operation, caller: &Caller) -> Option<(u16, String)> {
    if matches!(operation.otherwise, Decision::Public { .. }) {
        return None;
    }
    let Some((mode, granted)) = &caller.credential else {
        return Some((401, r#"{"detail":"not_authenticated"}"#.to_owned()));
    };
    match operation.for_mode(*mode) {
        Decision::Scoped(any_of) => {
            let [all_of] = any_of.as_slice() else { panic!("{} has alternatives", operation.title()) };
            let [needed] = all_of.as_slice() else { panic!("{} needs several scopes", operation.title()) };
            let is_checked = policy.mode(*mode).name == "api_key";
            (is_checked && !granted.contains(needed))
                .then(|| (403, insufficient_scope(policy, *needed, granted)))
        }
        Decision::Authenticated => None,
        Decision::Refused => Some((403, r#"{"detail":"credential_not_accepted"}"#.to_owned())),
        other => panic!("{} is {}", operation.title(), other.word()),
    }
}

/// The body of the reference document, field for field: the missing scope, then what the key holds, sorted.
fn insufficient_scope(policy: &Policy, needed: ScopeIndex, granted: &[ScopeIndex]) -> String {
    let mut names: Vec<String> =
        granted.iter().map(|scope| format!("\"{}\"", policy.scope(*scope).name)).collect();
    names.sort();
    let needed = &policy.scope(needed).name;
    format!(r#"{{"detail":"insufficient_scope","required":"{needed}","granted":[{}]}}"#, names.join(","))
}

fn wrong(operation: &Operation, caller: &Caller, answer: &Answer, expected: &str) -> String {
    format!(
        "{} with {}: {} {}, not {expected}",
        operation.title(),
        caller.name,
        answer.status,
        String::from_utf8_lossy(&answer.bytes)
    )
}

/// The reference document's own example, sent and compared byte for byte.
#[test]
fn the_documents_own_denial_is_answered_field_for_field() {
    let service = Service::start();
    let answer = service.app(&["read:cameras", "read:events"]).delete("/api/v1/cameras/1");
    assert_eq!(answer.status, 403);
    assert_eq!(answer.content_type, "application/json");
    assert_eq!(
        String::from_utf8(answer.bytes).unwrap(),
        r#"{"detail":"insufficient_scope","required":"write:cameras","granted":["read:cameras","read:events"]}"#
    );
}
