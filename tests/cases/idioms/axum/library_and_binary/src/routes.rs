use scopewright::axum::{Router, routing::get};
use scopewright::{public, requires_scope};

pub fn routes() -> Router {
    Router::new()
        .route("/health_check", get(health_check))
        .route("/cameras", get(list_cameras).post(add_camera))
}

#[public(reason = "health")]
async fn health_check() {}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}
