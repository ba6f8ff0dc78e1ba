use scopewright::axum::{Router, routing::get};

#[scopewright::requires_scope("read:cameras")]
async fn name() -> &'static str {
    "unix"
}

pub fn routes() -> Router {
    Router::new().route("/sys", get(name))
}
