//! axum and actix-web under one policy, side by side: what a denied caller is answered is the same, byte for byte.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    dead_code,
    reason = "a test panics when it fails, and takes from the two services what it needs"
)]

mod scopes {
    include!("../../../scopewright-emit/tests/golden/rust/everything.rs");
}

#[path = "../axum/service.rs"]
mod axum_service;
#[path = "../actix/client.rs"]
mod client;
#[path = "../shared/served.rs"]
mod served;
#[path = "../actix/service.rs"]
mod service;
#[path = "../shared/speaking.rs"]
mod speaking;

use client::{Reply, send};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::mpsc;

/// The axum service on a thread of its own, for the rest of the process.
fn serve_axum() -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            let app = axum::ServiceExt::<axum::extract::Request>::into_make_service(axum_service::app());
            axum::serve(listener, app).await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

/// One of each kind of caller, and each kind of credential in each place.
const CALLERS: &[&[(&str, &str)]] = &[
    &[],
    &[("x-api-key", "k_")],
    &[("x-api-key", "k_bad")],
    &[("x-api-key", "k_down")],
    &[("x-api-key", "k_other-mode")],
    &[("x-api-key", "other_1")],
    &[("x-api-key", "")],
    &[("x-api-key", "\u{e4}")],
    &[("x-api-key", "k_vehicles:read")],
    &[("x-api-key", "k_vehicles:write")],
    &[("x-api-key", "k_deprecated+a:b")],
    &[("x-api-key", "k_a.b")],
    &[("x-api-key", "k_a.b+planned+nonsense")],
    &[("x-api-key", "k_"), ("x-api-key", "k_")],
    &[("x-api-key", "k_"), ("authorization", "Bearer x")],
    &[("authorization", "Bearer op_")],
    &[("authorization", "Bearer op_bad")],
    &[("authorization", "Bearer op_down")],
    &[("authorization", "Bearer vehicles:read")],
    &[("authorization", "bearer vehicles:read+a.b")],
    &[("authorization", "BEARER bad")],
    &[("authorization", "Bearer down")],
    &[("authorization", "Bearer")],
    &[("authorization", "Bearer\tx")],
    &[("authorization", "Bearer:x")],
    &[("authorization", "Bearer op_"), ("authorization", "Basic YTpi")],
    &[("authorization", "Basic YTpi")],
    &[("cookie", "a=b; session=vehicles:read; c=d")],
    &[("cookie", "session=bad")],
    &[("cookie", "a=\u{e4}; session=vehicles:read")],
    &[("cookie", "session=\u{e4}")],
    &[("cookie", "session=vehicles:write")],
    &[("cookie", "session=x; session=y")],
    &[("cookie", "session=x"), ("x-api-key", "k_")],
];

const OPERATIONS: &[(&str, &str)] = &[
    ("GET", "/vehicles/7"),
    ("GET", "/vehicles/7?key=vehicles%3Aread"),
    ("GET", "/vehicles/7?key=bad"),
    ("GET", "/vehicles/7?key=x&key=y"),
    ("GET", "/vehicles/7?key="),
    ("PUT", "/vehicles/7"),
    ("DELETE", "/vehicles/7"),
    ("GET", "/whoami"),
    ("GET", "/search"),
    ("GET", "/health"),
    ("GET", "/todo"),
    ("GET", "/docs/guide/first"),
    ("GET", "/files/a/b"),
    ("PATCH", "/files/a/b"),
    ("OPTIONS", "/files/a/b"),
    ("TRACE", "/files/a/b"),
    ("PROPFIND", "/files/a/b"),
    ("GET", "/files/%2e%2e/%zz"),
    ("GET", "/files//?"),
];

/// An answer without its date. The order of different headers means nothing (RFC 9110 section 5.3); that of the values
/// of one header does.
fn comparable(reply: Reply) -> (u16, BTreeMap<String, Vec<String>>, String) {
    let mut headers: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (name, value) in reply.headers.into_iter().filter(|(name, _)| name != "date") {
        headers.entry(name).or_default().push(value);
    }
    (reply.status, headers, reply.body)
}

#[test]
fn every_denial_is_the_same_in_both_frameworks() {
    let (axum, actix) = (serve_axum(), client::serve!(service::service!(true)));
    let later = client::serve!(service::service!(false));
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for (method, path) in OPERATIONS {
        for caller in CALLERS {
            let expected = comparable(send(axum, method, path, caller));
            *statuses.entry(expected.0).or_default() += 1;
            for actix in [actix, later] {
                let found = comparable(send(actix, method, path, caller));
                let what = format!("{method} {path} with {caller:?}");
                if expected.0 == 200 {
                    // What a handler answers is its own.
                    assert_eq!((found.0, &found.2), (200, &expected.2), "{what}");
                } else {
                    assert_eq!(found, expected, "{what}");
                }
            }
        }
    }
    // So that this did not compare nothing.
    for status in [200, 400, 401, 403, 503] {
        assert!(statuses.get(&status).is_some_and(|count| *count > 20), "{statuses:?}");
    }
}
