//! The targets on committed situations: golden files, and the TypeScript under its own compiler and runtime.
#![cfg(all(feature = "openapi", feature = "docs", feature = "sdk"))]
#![expect(
    clippy::panic,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a case or a tool that can't be read is a defect of the tests, and the panic names it"
)]

mod golden;
mod support;
mod typescript;
