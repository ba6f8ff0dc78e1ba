//! The doors against the frameworks themselves: random applications, each handler with a row of its own, and random
//! requests. The framework dispatches once without the door, which shows who answers, and once with it.
//!
//! `SCOPEWRIGHT_DOOR_REQUESTS` says how many requests each framework gets.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test panics when it fails, and says what it saw"
)]

mod actix_apps;
mod axum_apps;
mod policy;
mod random;
mod situations;
mod told;

/// How many requests a framework gets.
fn requests() -> usize {
    std::env::var("SCOPEWRIGHT_DOOR_REQUESTS").ok().map_or(100_000, |count| count.parse().unwrap())
}

/// How many requests an application gets.
const EACH: usize = 40;
