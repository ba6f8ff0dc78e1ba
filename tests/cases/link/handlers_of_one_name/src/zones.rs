use scopewright::axum::Router;
use axum::routing::get;
use scopewright::requires_scope;

pub fn router() -> Router {
    Router::new().route("/", get(list))
}

#[requires_scope("read:cameras")]
async fn list() {}
