use scopewright::axum::Router;
use axum::routing::get;
use scopewright::requires_scope;

fn main() {}

pub fn router() -> Router {
    Router::new().route("/cameras", get(list))
}

#[requires_scope("read:cameras")]
async fn list() {}
