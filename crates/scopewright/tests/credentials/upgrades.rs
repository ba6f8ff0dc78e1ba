//! A mode that upgrades another one: what it may do, and what the lesser one is told.

use crate::service::call;
use serde_json::{Value, json};

#[tokio::test]
async fn an_upgrade_may_do_all_its_base_may() {
    for credential in ["x", "verified:x"] {
        assert_eq!(call("GET", "/keys", Some(credential)).await.status, 200, "{credential}");
    }
    assert_eq!(call("GET", "/keys", Some("k_read")).await.status, 403);
    assert_eq!(call("GET", "/things", Some("verified:read")).await.status, 200);
}

#[tokio::test]
async fn where_only_the_upgrade_may_call_the_base_is_asked_for_more_assurance() {
    assert_eq!(call("GET", "/config", Some("verified:")).await.status, 200);
    let reply = call("GET", "/config", Some("read+write")).await;
    assert_eq!(reply.status, 401);
    assert_eq!(
        reply.challenges(),
        [
            "Bearer realm=\"Credentials\", error=\"insufficient_user_authentication\", acr_values=\"verified\", max_age=\"300\""
        ]
    );
    assert_eq!(serde_json::from_str::<Value>(&reply.body).unwrap(), json!({ "detail": "step_up" }));
}

#[tokio::test]
async fn another_kind_of_credential_is_refused_and_not_challenged() {
    let reply = call("GET", "/config", Some("k_read")).await;
    assert_eq!((reply.status, reply.challenges()), (403, &[][..]));
}

#[tokio::test]
async fn without_a_valid_credential_more_assurance_is_not_spoken_of() {
    let plain = "Bearer realm=\"Credentials\"".to_owned();
    let reply = call("GET", "/config", None).await;
    assert_eq!((reply.status, reply.challenges()), (401, &[plain.clone()][..]));
    let reply = call("GET", "/config", Some("bad")).await;
    assert_eq!((reply.status, reply.challenges()), (401, &[format!("{plain}, error=\"invalid_token\"")][..]));
}

#[tokio::test]
async fn a_decision_of_the_upgrades_own_goes_before_its_bases() {
    assert_eq!(call("PUT", "/config", Some("read")).await.status, 200);
    let reply = call("PUT", "/config", Some("verified:read")).await;
    assert_eq!(reply.status, 403);
    let challenge = "Bearer realm=\"Credentials\", error=\"insufficient_scope\", scope=\"write\"".to_owned();
    assert_eq!(reply.challenges(), [challenge]);
    assert_eq!(call("PUT", "/config", Some("verified:write")).await.status, 200);
}
