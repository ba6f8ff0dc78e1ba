//! What the tests of the example services share.
//!
//! - [`Program`] and [`Service`]: the service's own binary on a fresh, seeded database, asked over HTTP.
//! - [`busy`]: a database that somebody else holds.
//! - [`cases`]: the sentences of a system's document as shell scripts, with what they print.
//! - [`documented`]: what a service answers against what its document says.
//! - [`matrix`]: every endpoint and every kind of caller against what the policy says.
//! - [`mutations`]: whether a sentence of the document notices each item of the policy that is deleted.
//! - [`methods`]: every path against the methods it does not have.
//! - [`stalling`]: clients that begin a header or a body and do not end it.
//! - [`storm`]: many clients that make, rotate, revoke and use keys at once, and a process that is killed meanwhile.
//!
//! Everything here is for tests: what is missing is a failed test, so it panics.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "what is missing here is a failed test"
)]

pub mod browser;
pub mod busy;
pub mod cases;
mod client;
mod denial_body;
pub mod documented;
pub mod matrix;
pub mod methods;
pub mod mutations;
mod normalise;
mod plan;
mod service;
pub mod stalling;
pub mod storm;

pub use client::{Answer, Client, Lost};
pub use plan::plan;
pub use service::{Program, Service};
