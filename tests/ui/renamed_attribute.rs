//! An attribute under another name can't be read together with the one before it.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::{requires_auth, requires_scope, requires_scope as needs};

#[requires_auth(via = "operator")]
#[needs("read:cameras", via = "api_key")]
async fn list_cameras() {}

#[requires_scope("read:cameras")]
async fn count_cameras() {}

fn main() {}
