//! The run-time side over real HTTP, on a service of the policy in `everything.rs` beside the emitters.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test panics when it fails"
)]

#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod scopes {
    include!("../../../scopewright-emit/tests/golden/rust/everything.rs");
}

mod authentication;
mod client;
mod decisions;
mod denials;
mod door;
mod events;
mod resource;
#[path = "../shared/served.rs"]
mod served;
mod service;
#[path = "../shared/speaking.rs"]
mod speaking;
mod start_up;
