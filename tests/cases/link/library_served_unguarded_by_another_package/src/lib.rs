use scopewright::axum::{GuardedService, TableMismatch, routing::get};
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

pub fn app() -> Result<GuardedService, TableMismatch> {
    scopewright::axum::Router::new().route("/cameras", get(list).post(create)).guarded::<scopes::Scope>()
}
