//! Helpers for tests across the whole workspace; nothing depends on this crate.

pub mod expect;
pub mod workspace_copy;
