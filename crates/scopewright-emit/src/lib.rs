//! `Plan` to files: one module or folder per target, a cargo feature each.

mod rust;

pub use rust::emit_rust;
