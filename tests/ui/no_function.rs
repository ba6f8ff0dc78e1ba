//! Attributes on something that is no function.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::{public, requires_auth, requires_scope};

#[requires_scope("read:cameras")]
struct Cameras;

#[requires_auth]
impl Cameras {
    async fn list() {}
}

#[public]
const CAMERAS: Cameras = Cameras;

fn main() {}
