//! Names the policy does not have, in credentials of a mode that denies them and of one that ignores them.

use crate::scopes::{AuthMode, Grant};
use crate::service::{call, call_with};
use scopewright::require::{Authenticated, Is, OptionalAuth, Public, Require};
use scopewright::{Denial, DenialKind, Operation};

#[tokio::test]
async fn denied_names_make_the_credential_invalid() {
    assert_eq!(call("GET", "/things", Some("k_read")).await.status, 200);
    assert_eq!(call("GET", "/things", Some("k_read+fly")).await.status, 401);
    assert_eq!(call("GET", "/things", Some("k_READ")).await.status, 401);
    assert_eq!(call("GET", "/health", Some("k_fly")).await.status, 200, "no credential is asked for");
}

#[tokio::test]
async fn ignored_names_grant_nothing_and_are_counted() {
    let reply = call("GET", "/things", Some("read+fly+drive")).await;
    assert_eq!((reply.status, reply.body.as_str()), (200, "2 unknown"));
    let reply = call("GET", "/things", Some("fly")).await;
    assert_eq!(reply.status, 403);
}

#[tokio::test]
async fn a_former_name_in_its_window_is_known_either_way() {
    assert_eq!(call("GET", "/things", Some("k_see")).await.status, 200);
    let reply = call("GET", "/things", Some("see")).await;
    assert_eq!((reply.status, reply.body.as_str()), (200, "0 unknown"));
}

#[tokio::test]
async fn a_grant_that_a_layer_of_the_service_makes_is_held_to_the_same() {
    let of = |mode, names: &[&str]| Grant::from_scopes(mode, names);
    for (grant, status) in [
        (of(AuthMode::ApiKey, &["read"]), 200),
        (of(AuthMode::ApiKey, &["read", "fly"]), 401),
        (of(AuthMode::Jwt, &["read", "fly"]), 200),
        (of(AuthMode::Jwt, &["fly"]), 403),
    ] {
        let named = format!("{grant:?}");
        assert_eq!(call_with(grant, "/things").await, status, "{named}");
    }
    assert_eq!(call_with(of(AuthMode::ApiKey, &["fly"]), "/health").await, 200, "no credential is asked for");
}

#[test]
fn it_is_without_a_framework_too() {
    const READ: &Operation<'static> = &Is::<0>::OPERATION;
    let grant = Grant::from_scopes(AuthMode::ApiKey, ["read", "fly"]);
    let check = |operation| Denial::check(operation, Some(&grant), "GET", "/things").map_err(|it| it.kind());
    for operation in [READ, &Authenticated::OPERATION, &OptionalAuth::OPERATION] {
        assert_eq!(check(operation), Err(DenialKind::Unauthenticated));
    }
    assert_eq!(check(&Public::<0>::OPERATION), Ok(()));
}
