use scopewright::axum::Router;
use axum::routing::get;
use scopewright::requires_scope;

pub fn router() -> Router {
    Router::new().route("/cameras", get(list).post(create))
}

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}
