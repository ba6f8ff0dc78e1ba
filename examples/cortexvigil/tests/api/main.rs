//! Requests over real HTTP against a running service with a database of its own.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what is missing here is a failed test"
)]

mod activity;
mod administration;
mod alerts;
mod archive;
mod attendance;
mod authorisation;
mod document;
mod manners;
mod open_endpoints;
mod premises;
mod program;
mod support;
