//! An attribute that asks for scopes and names none.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::requires_scope;

#[requires_scope()]
async fn list_cameras() {}

struct Cameras;

impl Cameras {
    #[requires_scope(via = "api_key")]
    async fn list() {}
}

fn main() {}
