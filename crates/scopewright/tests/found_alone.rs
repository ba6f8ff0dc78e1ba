//! Random headers through the layer that looks for credentials, under a policy that has them in headers only. There a request
//! with nothing, or with one simple credential, is looked at by a shorter way; a build with debug assertions, such as this
//! one, goes both ways each time and compares what they find.

#![allow(clippy::unwrap_used, reason = "a test panics when it fails")]

#[path = "../benches/subjects/mod.rs"]
mod subjects;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use futures_executor::block_on;
use proptest::prelude::*;
use subjects::request;
use tower_service::Service as _;

fn name() -> impl Strategy<Value = HeaderName> {
    let names = ["authorization", "x-api-key", "cookie", "host", "x-api-key2"];
    proptest::sample::select(names.map(HeaderName::from_static).to_vec())
}

/// What a credential is made of, and what may be wrong with one.
fn value() -> impl Strategy<Value = HeaderValue> {
    let parts =
        ["Bearer", "bearer", "BEARER", "Basic", " ", "\t", "cv_", "abc", "ä", "=", "\"", ",", "0123456789"];
    let parts = proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..5);
    parts.prop_map(|parts| HeaderValue::from_bytes(parts.concat().as_bytes()).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn both_ways_find_the_same(headers in proptest::collection::vec((name(), value()), 0..4)) {
        const { assert!(cfg!(debug_assertions), "else this compares nothing") };
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = "/api/v1/cameras/7?access_token=abc".parse().unwrap();
        for (name, value) in headers {
            request.headers_mut().append(name, value);
        }
        let response = block_on(request::authenticated_and_guarded().call(request)).unwrap();
        prop_assert!(response.status().as_u16() < 500, "{response:?}");
    }
}
