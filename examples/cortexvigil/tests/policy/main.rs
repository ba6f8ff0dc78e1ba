//! The running service held against its policy: what it answers, and what it is said to answer.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what is missing here is a failed test"
)]

mod every_operation;
mod matrix;
#[path = "../api/support.rs"]
#[expect(dead_code, reason = "the other test program uses the rest")]
mod support;
mod witnesses;
