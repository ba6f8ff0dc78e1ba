//! A public reason the policy does not have.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::public;

#[public(reason = "heath")]
async fn health() {}

fn main() {}
