//! Two attributes that contradict each other.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::{refused, requires_scope};

#[requires_scope("read:cameras", via = "api_key")]
#[refused(via = "api_key")]
async fn list_cameras() {}

fn main() {}
