//! A credential that could not be checked, under a policy that declares no answer for that.

use crate::service::call;

#[tokio::test]
async fn what_is_not_declared_is_answered_without_a_body() {
    for (method, path, credential) in
        [("GET", "/things", "k_down"), ("GET", "/keys", "down"), ("PUT", "/config", "verified:down")]
    {
        let reply = call(method, path, Some(credential)).await;
        assert_eq!((reply.status, reply.body.as_str()), (503, ""), "{method} {path}");
        assert!(!reply.headers.contains_key("content-type"), "{method} {path}");
        assert_eq!(reply.challenges(), [] as [&str; 0], "{method} {path}");
    }
    assert_eq!(call("GET", "/health", Some("k_down")).await.status, 200);
}
