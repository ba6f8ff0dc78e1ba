//! A handler that says nothing, given to the router that takes only decided ones.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::axum::Router;
use scopewright::axum::routing::get;

async fn list_cameras() -> &'static str {
    "[]"
}

fn router() -> Router {
    Router::new().route("/cameras", get(list_cameras))
}

fn main() {}
