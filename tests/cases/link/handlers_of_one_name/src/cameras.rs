use scopewright::axum::Router;
use axum::routing::get;
use scopewright::{requires_scope, scope_todo};

pub fn router() -> Router {
    Router::new().route("/", get(list).post(create)).route("/all", get(list)).route("/{id}", get(read))
}

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

#[scope_todo("CAM-12")]
async fn read() {}
