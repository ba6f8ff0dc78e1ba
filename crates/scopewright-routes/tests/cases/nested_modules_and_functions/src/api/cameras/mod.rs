use axum::{Router, routing::get};
use scopewright::requires_scope;

pub fn routes() -> Router {
    Router::new().route("/cameras", get(list)).nest("/ui", Router::new().route("/", get(index)))
}

/// Lists.
#[requires_scope("read:cameras")]
async fn list() {}

async fn index() {}
