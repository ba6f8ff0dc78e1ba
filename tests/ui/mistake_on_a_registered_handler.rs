//! A mistake in an attribute is the one error: the handler is still registered, called and used by name.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::{Guard, requires_scope};

#[requires_scope("read:cameras write:cameras")]
async fn list_cameras() -> &'static str {
    "[]"
}

fn router() -> Router {
    Router::new().route("/cameras", get(list_cameras))
}

async fn direct_call() -> &'static str {
    list_cameras(Guard::for_test()).await
}

fn main() {}
