//! A note about a scope the policy does not have.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::requires_auth;

#[requires_auth(may_require("read:camras", when = "the caller asks for cameras"))]
async fn list_cameras() {}

fn main() {}
