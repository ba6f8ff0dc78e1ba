//! The front for `build.rs`.
