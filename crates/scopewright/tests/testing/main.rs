//! The test helpers, on the service of `tests/axum` and on ones that deviate from their policy in one place.

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

mod cases;
mod deviations;
#[path = "../shared/served.rs"]
mod served;
#[path = "../axum/service.rs"]
#[allow(dead_code, reason = "the other test program uses the rest")]
mod service;
#[path = "../shared/speaking.rs"]
#[allow(dead_code, reason = "the other test programs use the rest")]
mod speaking;
mod who_am_i;
