//! `Plan` to files: one module or folder per target, a cargo feature each.
//!
//! In: a [`Plan`](scopewright_model::Plan) (and, for OpenAPI, the documents it is merged into). Out:
//! [`OutputFile`](scopewright_model::OutputFile)s. Nothing is decided here: every text is a function of the plan, and
//! user text reaches it only through a quoting type of the language it is printed in.

// Only the compiler reads and writes files.
#![warn(clippy::disallowed_methods)]

#[cfg(any(feature = "openapi", feature = "docs", feature = "sdk"))]
mod denial;
#[cfg(feature = "docs")]
mod markdown;
#[cfg(feature = "openapi")]
mod openapi;
#[cfg(any(feature = "openapi", feature = "docs"))]
mod published;
mod rust;
mod target;
#[cfg(feature = "sdk")]
mod typescript;

#[cfg(feature = "docs")]
pub use markdown::emit_markdown;
#[cfg(feature = "openapi")]
pub use openapi::{Document, emit_openapi};
pub use rust::{emit_rust, emit_rust_refusal};
pub use target::Target;
#[cfg(feature = "sdk")]
pub use typescript::emit_typescript;
