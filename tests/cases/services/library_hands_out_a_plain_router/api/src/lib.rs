//! The API of a service as a library; another package serves it.
use scopewright::axum::{GuardedService, Router, TableMismatch, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

/// The whole service, compared with the policy's table.
///
/// # Errors
/// If they differ.
pub fn app() -> Result<GuardedService, TableMismatch> {
    Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()
}

/// Not compared with anything.
pub fn plain() -> axum::Router {
    axum::Router::new().route("/secret", axum::routing::get(|| async { "SECRET" }))
}
