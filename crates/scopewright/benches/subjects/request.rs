//! Whole axum requests through `tower::Service::call`, with and without authentication and guard.

use super::scopes::{AuthMode, Grant, Guard, Scope};
use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::Request;
use axum::middleware::{Next, from_fn};
use axum::routing::get;
use scopewright::axum::{
    Authenticate, AuthenticateLayer, AuthenticateService, AxumAnswers, GuardedService, authenticate_with,
};
use scopewright::require::Is;
use tower_layer::Layer;

const PATH: &str = "/api/v1/cameras/{id}";

async fn bare(Path(id): Path<u32>) -> String {
    id.to_string()
}

async fn guarded(_: Guard<Is<{ Scope::ReadCameras as u16 }>>, Path(id): Path<u32>) -> String {
    id.to_string()
}

/// A request with a key, as a server hands it over.
pub fn request() -> Request<Body> {
    let builder =
        Request::get("/api/v1/cameras/7").header("host", "localhost").header("x-api-key", "cv_0123456789");
    builder.body(Body::empty()).unwrap_or_default()
}

/// Checks nothing: what a cache would answer.
fn layer() -> AuthenticateLayer<impl Authenticate> {
    let ready = Grant::of(AuthMode::ApiKey, [Scope::ReadCameras, Scope::ReadEvents]);
    AuthenticateLayer::new(authenticate_with::<Scope, _>(move |_| Ok(ready.clone())))
}

/// No authentication, no guard. Here and below the state is given once: axum does so before it serves a router.
pub fn plain() -> Router {
    Router::new().route(PATH, get(bare)).with_state(())
}

/// Authentication in front, no guard.
pub fn authenticated() -> AuthenticateService<impl Authenticate, Router> {
    layer().layer(plain())
}

/// Authentication in front, and the guard in the handler's signature.
pub fn authenticated_and_guarded()
-> GuardedService<AxumAnswers<AuthenticateService<impl Authenticate, GuardedService>>> {
    let router = scopewright::axum::Router::new().route(PATH, scopewright::axum::routing::get(guarded));
    router.guarded_unchecked().layer(layer())
}

/// The same, the layer where axum's own documentation puts layers.
pub fn layered_and_guarded() -> GuardedService {
    let router = scopewright::axum::Router::new().route(PATH, scopewright::axum::routing::get(guarded));
    router.layer(layer()).guarded_unchecked()
}

/// A middleware that does nothing, for comparison.
pub fn from_fn_that_does_nothing() -> Router {
    let nothing = from_fn(async |request: axum::extract::Request, next: Next| next.run(request).await);
    Router::new().route(PATH, get(bare)).layer(nothing).with_state(())
}
