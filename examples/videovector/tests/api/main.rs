//! The running program over HTTP: keys, sessions, idempotency, resources, and all of it against the policy.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what is missing here is a failed test")]

mod idempotency;
mod keys;
mod matrix;
mod mutations;
mod program;
mod resources;
mod sessions;
mod storm;
mod support;
