//! What is measured: each subject and what it is compared with, as functions without arguments.

#![allow(dead_code, reason = "not every benchmark measures everything")]

use axum::body::Body;
use axum::http::{Request, Response};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tower_service::Service;

#[cfg(feature = "actix")]
pub mod actix_request;
pub mod claim;
pub mod decision;
pub mod report;
pub mod request;

#[allow(dead_code, reason = "as `include_scopes!` has it")]
pub mod scopes {
    include!("../../../scopewright-emit/tests/golden/rust/cortexvigil.rs");
}

/// One request, polled until it is answered: nothing here waits for anything outside.
pub fn call<S: Service<Request<Body>, Response = Response<Body>>>(service: &mut S) {
    let mut answer = pin!(service.call(request::request()));
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(answer) = answer.as_mut().poll(&mut context) {
            let status = answer.map(|answer| answer.status().as_u16()).unwrap_or_default();
            assert_eq!(status, 200);
            return;
        }
    }
}
