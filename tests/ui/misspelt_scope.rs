//! A scope the policy does not have: underlined in the literal, with the nearest name.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::requires_scope;

#[requires_scope("read:camras")]
async fn list_cameras() {}

#[requires_scope(WriteCamera)]
async fn delete_camera() {}

fn main() {}
