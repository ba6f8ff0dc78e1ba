//! An auth mode the policy does not have.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::requires_scope;

#[requires_scope("read:cameras", via = "api_kee")]
async fn list_cameras() {}

fn main() {}
