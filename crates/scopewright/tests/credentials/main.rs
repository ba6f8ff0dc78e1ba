//! Kinds of credential over real HTTP, on a service of the policy in `credentials.rs` beside the emitters.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test panics when it fails"
)]

#[allow(dead_code, reason = "as `include_scopes!` has it")]
mod scopes {
    include!("../../../scopewright-emit/tests/golden/rust/credentials.rs");
}

#[path = "../axum/client.rs"]
mod client;
#[path = "../shared/served.rs"]
mod served;
mod service;
mod unavailable;
mod unknown_scopes;
mod upgrades;
