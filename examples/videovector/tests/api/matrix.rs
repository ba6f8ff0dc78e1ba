//! Every endpoint x {each scope alone, none, all, unknown, revoked, expired, the wrong mode, no credential} x {key,
//! session, verified session} against the policy.

use example_keyring::jwt::Signer;
use example_testkit::matrix::{self, Caller, Credential};
use example_testkit::{Client, Service};
use serde_json::json;

use crate::support::{claims, issue, signers, start, with_key, with_session};

#[test]
fn every_endpoint_answers_every_caller_as_the_policy_says() {
    let plan = example_testkit::plan(env!("CARGO_MANIFEST_DIR"));
    assert!(plan.operations.len() >= 55, "{} endpoints", plan.operations.len());
    let service = start();
    let [signer, _] = signers(&service);
    let by_key = |scopes: &[&str]| match scopes {
        // No session makes a key without scopes; the seed does.
        [] => with_key(&service, "KEY_NONE"),
        _ => service.client().with("X-API-Key", &issue(&service, scopes).1),
    };
    let mut callers = matrix::callers_of_mode(&plan.policy, "api_key", by_key);
    callers.extend(matrix::callers_of_mode(&plan.policy, "jwt", |scopes| {
        session(&service, &signer, scopes, None)
    }));
    callers.extend(matrix::callers_of_mode(&plan.policy, "verified_jwt", |scopes| {
        session(&service, &signer, scopes, Some("verified"))
    }));
    callers.extend(others(&service));
    let compared = matrix::check(&plan, &callers);
    assert_eq!(compared, plan.operations.len() * (3 * 6 + 9));
}

fn session(service: &Service, signer: &Signer, scopes: &[&str], acr: Option<&str>) -> Client {
    let claims = claims(&json!({ "scope": scopes.join(" "), "acr": acr }));
    service.client().bearer(&signer.sign(&claims).unwrap())
}

/// The callers whose scopes do not matter.
fn others(service: &Service) -> Vec<Caller> {
    let key = |secret: &str| service.client().with("X-API-Key", secret);
    [
        ("no credential", service.client(), Credential::None),
        ("an unknown key", key("sk_live_0000000000000000000000000000000000000000000"), Credential::Invalid),
        ("a revoked key", with_key(service, "KEY_REVOKED"), Credential::Invalid),
        ("an expired key", with_key(service, "KEY_EXPIRED"), Credential::Invalid),
        ("a key with an unknown scope", with_key(service, "KEY_UNKNOWN_SCOPE"), Credential::Invalid),
        ("a good key as a bearer token", with_session(service, "KEY_ADMIN"), Credential::Invalid),
        ("a good token as a key", with_key(service, "JWT_PLAIN"), Credential::Invalid),
        ("an expired token", with_session(service, "JWT_EXPIRED"), Credential::Invalid),
        (
            "a key and a token",
            with_key(service, "KEY_ADMIN").bearer(service.variable("JWT_PLAIN")),
            Credential::Several,
        ),
    ]
    .map(|(name, client, credential)| Caller { name: name.to_owned(), client, credential })
    .into()
}
