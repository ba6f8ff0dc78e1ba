//! Helpers for tests across the whole workspace. Beside tests only the task runner uses them.

pub mod expect;
pub mod large_api;
pub mod services;
pub mod workspace_copy;
