//! A limit: an attribute that calls the function itself, such as `debug_handler`, must stand below ours.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::requires_scope;

#[axum::debug_handler]
#[requires_scope("read:cameras")]
async fn list_cameras(body: String) -> String {
    body
}

fn main() {}
