//! What the outside may watch.

use crate::client::send;
use crate::service::app;
use std::sync::Mutex;

static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[tokio::test]
async fn every_denial_is_announced_without_its_secret() {
    scopewright::on_denial(|event| {
        let (kind, method, route) = (event.kind().as_str(), event.method(), event.route());
        let (mode, missing) = (event.mode().unwrap_or("-"), event.missing().join("+"));
        // Other tests of this process are denied as well.
        if route == "/whoami" || method == "PUT" {
            SEEN.lock().unwrap().push(format!("{kind} {method} {route} {mode} {missing} {event:?}"));
        }
    })
    .unwrap();
    send(app(), "PUT", "/vehicles/7", &[("x-api-key", "k_a:b")]).await;
    let seen = SEEN.lock().unwrap();
    let ours = "insufficient_scope PUT /vehicles/{vehicle} api_key vehicles:write";
    assert!(seen.iter().any(|event| event.starts_with(ours)), "{seen:?}");
    assert!(seen.iter().all(|event| !event.contains("k_")), "{seen:?}");
}
