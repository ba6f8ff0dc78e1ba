//! The API.

mod auth;
mod cameras;

use axum::extract::Request;
use axum::response::Response;
use scopewright::axum::{Router, TableMismatch};
use std::convert::Infallible;
use std::sync::Arc;

scopewright::include_scopes!();
use scopes::Scope;

#[derive(Clone)]
pub struct AppState {
    site: Arc<str>,
}

impl AppState {
    pub fn new(site: &str) -> Self {
        Self { site: site.into() }
    }
}

fn router() -> Router<AppState> {
    Router::new().nest("/cameras", cameras::router())
}

/// The service with its authentication.
///
/// # Errors
/// If the routes are not what the policy says.
pub fn app(state: AppState) -> Result<scopewright::axum::GuardedService<impl tower::Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static>, TableMismatch> {
    Ok(router().with_state(state).guarded::<Scope>()?.layer(auth::keys()))
}
