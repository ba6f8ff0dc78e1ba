//! What a caller is told it may call: the operations whose cases let it in.

use crate::scopes::{self, AuthMode, Grant, Scope};
use crate::service::{Cars, authenticated};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use scopewright::axum::routing::{Router, get};
use scopewright::testing::cases;
use scopewright::{Verdict, who_am_i};
use serde_json::{Value, json};
use tower::ServiceExt as _;

#[test]
fn an_operation_is_told_if_and_only_if_a_case_lets_the_caller_in() {
    let mut told = 0;
    for case in cases::<Scope>() {
        let Some(grant) = case.grant() else { continue };
        let me = who_am_i(&grant);
        let is_told = me.operations.iter().any(|row| row.operation_id == case.operation_id);
        assert_eq!(is_told, case.expected == Verdict::Allowed, "{case}");
        told += usize::from(is_told);
    }
    assert!(told > 20, "{told}");
}

#[tokio::test]
async fn the_ready_handler_answers_a_caller() {
    let router: Router<Cars> =
        Router::new().route("/me", get(scopes::authenticated(scopewright::axum::who_am_i::<Scope>)));
    let app = authenticated(router.with_state(Cars("all")).guarded_unchecked());
    let ask = |key: Option<&'static str>| {
        let request = Request::get("/me");
        let request = key.into_iter().fold(request, |request, key| request.header("x-api-key", key));
        app.clone().oneshot(request.body(Body::empty()).unwrap())
    };
    assert_eq!(ask(None).await.unwrap().status(), 401);
    let response = ask(Some("k_vehicles:write+fly+cars:read")).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let body: Value = serde_json::from_slice(&to_bytes(response.into_body(), 10_000).await.unwrap()).unwrap();
    let operation =
        |method: &str, path: &str, id: &str| json!({"method": method, "path": path, "operation_id": id});
    let expected = json!({
        "mode": "api_key",
        "subject": "Ada",
        "assurance": null,
        // `cars:read` is an alias.
        "scopes": ["vehicles:read", "vehicles:write"],
        "closure": ["vehicle-fields:read", "vehicles:read", "vehicles:write"],
        "unknown_scopes": 1,
        "operations": [
            {"method": "GET", "path": "/debug", "operation_id": "get__debug", "conditional": true},
            operation("GET", "/docs/{*path}", "get__docs___path_"),
            operation("ANY", "/files/{*rest}", "any__files___rest_"),
            operation("GET", "/health", "get__health"),
            operation("GET", "/search", "get__search"),
            operation("DELETE", "/vehicles/{id}", "delete__vehicles__id_"),
            operation("GET", "/vehicles/{id}", "get__vehicles__id_"),
            operation("PUT", "/vehicles/{id}", "put__vehicles__id_"),
            operation("GET", "/whoami", "get__whoami"),
        ],
        "tools": ["park", "time"],
    });
    assert_eq!(body, expected);
}

#[cfg(feature = "serde")]
#[test]
fn serde_writes_the_same() {
    let grant = Grant::of(AuthMode::Oauth2, [Scope::VehiclesRead]).with_subject("a \"quoted\" one");
    let me = who_am_i(&grant);
    assert_eq!(serde_json::to_string(&me).unwrap(), me.to_json());
}
