//! The whole API with its layers, as a service.

use axum::extract::Request;
use axum::response::Response;
use scopewright::axum::TableMismatch;
use std::convert::Infallible;
use tower::Service;
use tower_http::trace::TraceLayer;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

/// The service.
///
/// # Errors
/// If the routes are not what the policy says.
pub fn app() -> Result<
    impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
    TableMismatch,
> {
    let router = Router::new().route("/cameras", get(list_cameras).post(add_camera)).layer(TraceLayer::new_for_http());
    Ok(router.guarded::<Scope>()?.layer(keys()))
}

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}
