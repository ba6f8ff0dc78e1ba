//! Names the policy does not have, in credentials of a mode that denies them and of one that ignores them.

use crate::service::call;

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
