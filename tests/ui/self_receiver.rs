//! A method with `self` is no handler.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::requires_auth;

struct Cameras;

impl Cameras {
    #[requires_auth]
    async fn list(&self) {}
}

fn main() {}
