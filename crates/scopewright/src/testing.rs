//! For the tests of a service: grants, and every case its policy makes, tried against it. Feature `testing`.
//!
//! - [`cases`] lists, for every operation and auth mode, the least grants that must be let in, the grants just below
//!   them, which must not, and callers without a credential. It knows no framework: a test may send them over HTTP.
//! - [`axum::every_operation`] and [`actix::every_operation`] send them through a service in the test's process.
//! - [`least_grant`] issues the smallest grant that an operation lets in.
//!
//! ```toml
//! [dev-dependencies]
//! scopewright = { version = "0.1", features = ["axum", "testing"] }
//! ```

#[cfg(feature = "actix")]
pub mod actix;
#[cfg(feature = "axum")]
pub mod axum;
mod case;
mod least;
mod order;
mod path;
mod report;

pub use case::{Case, cases};
pub use least::least_grant;
pub use report::{Answered, Disagreement, Disagreements, compare};
