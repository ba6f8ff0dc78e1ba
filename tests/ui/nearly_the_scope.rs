//! A text that derives a scope's variant and is not the scope's name.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::requires_scope;

#[requires_scope("read.cameras")]
async fn list_cameras() {}

fn main() {}
