//! The API of a service as a library.
use scopewright::axum::{GuardedService, Router, TableMismatch, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

/// The whole service.
///
/// # Errors
/// If the table differs.
pub fn app() -> Result<GuardedService, TableMismatch> {
    Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()
}

pub async fn secret() -> &'static str {
    "SECRET"
}
