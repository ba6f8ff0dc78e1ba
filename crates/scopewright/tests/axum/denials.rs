//! What denied callers are told.

use crate::client::{Reply, send};
use crate::scopes::{AuthMode, Grant, Scope};
use crate::service::app;
use scopewright::require::{Is, Require};
use scopewright::{Denial, DenialKind, Operation};
use serde_json::{Value, json};

async fn call(method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    send(app(), method, path, headers).await
}

fn json(reply: &Reply) -> Value {
    serde_json::from_str(&reply.body).unwrap()
}

#[tokio::test]
async fn the_body_is_as_declared() {
    let reply = call("DELETE", "/vehicles/7", &[("x-api-key", "k_deprecated+a:b")]).await;
    assert_eq!(reply.status, 403);
    assert_eq!(reply.headers["content-type"], ["application/json"]);
    // `deprecated` implies `vehicles:read`, so one scope is missing either way; the first alternative is named.
    let granted = ["a:b", "deprecated", "vehicle-fields:read", "vehicles:read"];
    let error = json!({
        "code": "FORBIDDEN",
        "required": ["a.b"],
        "joined": "a.b",
        "available": granted,
        "held": granted.join(" "),
        "call": ["DELETE", "/vehicles/{vehicle}", "api_key"],
        "numbers": [-1, 0.5],
    });
    let mut named_write = error.clone();
    named_write["required"] = json!(["vehicles:write"]);
    named_write["joined"] = json!("vehicles:write");
    assert_eq!(json(&reply), json!({ "errors": [named_write] }));
}

#[tokio::test]
async fn a_caller_without_a_credential_is_told_so() {
    let reply = call("GET", "/vehicles/7", &[]).await;
    assert_eq!((reply.status, json(&reply)), (401, json!({ "detail": "not_authenticated" })));
}

#[tokio::test]
async fn a_body_that_is_not_declared_is_empty() {
    let reply = call("PUT", "/vehicles/7", &[("cookie", "session=x")]).await;
    assert_eq!((reply.status, reply.body.as_str()), (403, ""));
    assert!(!reply.headers.contains_key("content-type"));
}

/// A cache that is told to keep errors would give one caller's denial to the next.
#[tokio::test]
async fn no_cache_keeps_a_denial() {
    for (credential, status) in
        [(&[][..], 401), (&[("x-api-key", "k_")], 403), (&[("x-api-key", "k_down")], 503)]
    {
        let reply = call("DELETE", "/vehicles/7", credential).await;
        assert_eq!((reply.status, &*reply.headers["cache-control"]), (status, &["no-store".to_owned()][..]));
    }
    // What a handler answers is its own.
    let reply = call("GET", "/vehicles/7", &[("x-api-key", "k_vehicles:read")]).await;
    assert_eq!((reply.status, reply.headers.get("cache-control")), (200, None));
}

#[tokio::test]
async fn the_declared_media_type_is_sent() {
    let reply = call("GET", "/todo", &[]).await;
    assert_eq!(reply.headers["content-type"], ["application/problem+json"]);
    assert_eq!(json(&reply), json!({ "title": "Undecided" }));
}

#[tokio::test]
async fn a_credential_that_could_not_be_checked_is_answered_as_declared() {
    let reply = call("DELETE", "/vehicles/7", &[("x-api-key", "k_down")]).await;
    assert_eq!(reply.status, 503);
    assert_eq!(reply.headers["content-type"], ["application/problem+json"]);
    let call = ["DELETE", "/vehicles/{vehicle}"];
    assert_eq!(json(&reply), json!({ "title": "Try \"again\" later", "call": call }));
}

const OPERATOR: &str = "Bearer realm=\"Every thing API <v1>\"";
const OAUTH2: &str = "Bearer realm=\"things\"";

#[tokio::test]
async fn without_a_credential_the_challenge_has_no_error() {
    let reply = call("GET", "/vehicles/7", &[]).await;
    assert_eq!(reply.challenges(), [OPERATOR.to_owned(), format!("{OAUTH2}, scope=\"vehicles:read\"")]);
}

#[tokio::test]
async fn every_alternative_has_its_challenge() {
    let reply = call("DELETE", "/vehicles/7", &[]).await;
    assert_eq!(
        reply.challenges(),
        [
            OPERATOR.to_owned(),
            format!("{OAUTH2}, scope=\"vehicles:read vehicles:write\""),
            format!("{OAUTH2}, scope=\"a.b\""),
        ]
    );
}

#[tokio::test]
async fn an_invalid_token_is_told_so_in_its_own_mode_only() {
    let reply = call("GET", "/vehicles/7", &[("authorization", "Bearer bad")]).await;
    assert_eq!(
        reply.challenges(),
        [OPERATOR.to_owned(), format!("{OAUTH2}, error=\"invalid_token\", scope=\"vehicles:read\"")]
    );
    let reply = call("GET", "/vehicles/7", &[("x-api-key", "k_bad")]).await;
    assert!(reply.challenges().iter().all(|challenge| !challenge.contains("error")));
}

#[tokio::test]
async fn a_token_without_the_scopes_is_told_which() {
    let reply = call("PUT", "/vehicles/7", &[("authorization", "Bearer vehicles:read")]).await;
    assert_eq!(reply.status, 403);
    let challenge = |scope| format!("{OAUTH2}, error=\"insufficient_scope\", scope=\"{scope}\"");
    assert_eq!(reply.challenges(), [challenge("vehicles:write"), challenge("a.b vehicles:read")]);
}

#[tokio::test]
async fn keys_refused_modes_and_undecided_operations_are_not_challenged() {
    let key = ("x-api-key", "k_");
    for (method, path, headers) in [
        ("GET", "/vehicles/7", &[key][..]),
        ("PUT", "/vehicles/7", &[("cookie", "session=x")]),
        ("GET", "/todo", &[]),
        ("GET", "/todo", &[("authorization", "Bearer x")]),
        ("GET", "/whoami", &[("x-api-key", "k_down")]),
    ] {
        let reply = call(method, path, headers).await;
        assert_eq!(reply.challenges(), [] as [&str; 0], "{method} {path} {headers:?}");
    }
}

const WRITE: &Operation<'static> = &Is::<{ Scope::VehiclesWrite as u16 }>::OPERATION;

#[test]
fn a_denial_is_a_value() {
    let grant = Grant::of(AuthMode::Oauth2, [Scope::VehiclesRead]);
    let denial = Denial::check(WRITE, Some(&grant), "PUT", "/vehicles/{id}").unwrap_err();
    assert_eq!(denial.kind(), DenialKind::InsufficientScope);
    assert_eq!(denial.required(), [["vehicles:write"]]);
    assert_eq!(denial.missing(), ["vehicles:write"]);
    assert_eq!(denial.granted(), ["vehicle-fields:read", "vehicles:read"]);
    assert_eq!(denial.mode(), Some("oauth2"));
    assert_eq!(denial.to_string(), "PUT /vehicles/{id} is denied: insufficient_scope");
}
