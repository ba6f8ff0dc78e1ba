//! Counts allocations where there must be none: the guard's decision and reading a claim; and those of a whole request.

#[path = "../benches/subjects/mod.rs"]
mod subjects;

use scopewright::require::{All, Is};
use scopewright::{Denial, Operation};
use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use subjects::scopes::{AuthMode, Grant, Guard, Scope};
use subjects::{call, request};

/// How often the closure asks the allocator for memory.
fn allocations(of: impl FnOnce()) -> u64 {
    allocation_counter::measure(of).count_total
}

type ReadAndWrite = All<(Is<{ Scope::ReadCameras as u16 }>, Is<{ Scope::WriteCameras as u16 }>)>;

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(black_box(Box::new(1)))), 1);
}

#[test]
fn an_allowed_call_allocates_nothing() {
    const OPERATION: &Operation<'static> = &<ReadAndWrite as scopewright::require::Require>::OPERATION;
    let grant = Grant::of(AuthMode::ApiKey, [Scope::ReadCameras, Scope::WriteCameras]);
    let count = allocations(|| {
        let allowed = Denial::check(black_box(OPERATION), Some(&grant), "GET", "/cameras");
        assert!(allowed.is_ok());
    });
    assert_eq!(count, 0);
}

#[test]
fn the_extraction_of_a_guard_allocates_nothing() {
    use axum::extract::FromRequestParts;
    let mut request = http::Request::new(());
    request.extensions_mut().insert(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras, Scope::WriteCameras]));
    let (mut parts, ()) = request.into_parts();
    let mut extraction = pin!(Guard::<ReadAndWrite>::from_request_parts(&mut parts, &()));
    let count = allocations(|| {
        let guard = extraction.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert!(matches!(guard, Poll::Ready(Ok(_))));
    });
    assert_eq!(count, 0);
}

#[test]
fn reading_a_claim_allocates_nothing() {
    let claim = Scope::ALL.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ");
    let count = allocations(|| {
        let grant = Grant::from_claim(AuthMode::Token, black_box(&claim));
        assert_eq!(grant.map(|grant| grant.raw_set().len()), Ok(Scope::ALL.len()));
    });
    assert_eq!(count, 0);
}

/// Polls a service with one request until it answers, and counts.
fn allocations_of<S>(service: S, request: http::Request<axum::body::Body>) -> u64
where
    S: tower_service::Service<http::Request<axum::body::Body>, Error = std::convert::Infallible>,
{
    let mut service = service;
    allocations(|| {
        let mut answer = pin!(service.call(request));
        assert!(matches!(answer.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(Ok(_))));
    })
}

#[test]
fn a_request_without_a_credential_pays_nothing_for_the_mark_that_it_has_none() {
    use scopewright::axum::{AuthenticateLayer, Rejection, authenticate_with};
    use tower_layer::Layer as _;
    let router = axum::Router::new().route("/", axum::routing::get(async || ()));
    let layer = AuthenticateLayer::new(authenticate_with::<Scope, _>(|_| Err(Rejection::Invalid)));
    let request = || http::Request::new(axum::body::Body::empty());
    let bare = allocations_of(router.clone(), request());
    assert_eq!(allocations_of(layer.layer(router), request()), bare);
}

#[test]
fn a_guarded_request_allocates_once_more_than_a_bare_one() {
    let (mut bare, mut guarded) = (request::plain(), request::authenticated_and_guarded());
    let in_layers = &mut request::layered_and_guarded();
    let nothing = &mut request::from_fn_that_does_nothing();
    // What is made once is made before.
    call(&mut bare);
    call(&mut guarded);
    call(in_layers);
    call(nothing);
    let bare = allocations(|| call(&mut bare));
    assert_eq!(allocations(|| call(&mut guarded)) - bare, 1, "the grant, in the request");
    // There axum boxes, and the request has extensions already, which move to make room for one more.
    assert!(allocations(|| call(in_layers)) - bare <= allocations(|| call(nothing)) - bare + 2);
}
