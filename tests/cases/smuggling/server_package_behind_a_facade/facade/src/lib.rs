//! Nothing of its own.
pub use api::*;
