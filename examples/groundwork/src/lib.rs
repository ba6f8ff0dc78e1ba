//! What the example services stand on beside keys: how a program starts, serves within limits and stops, rows of a
//! database, pages of a list, values a request may carry, and what becomes of errors.
//!
//! Nothing here knows a scope, an endpoint, or what an answer looks like: the members of a page and the bodies of
//! errors are each service's own.

#[cfg(feature = "actix")]
pub mod actix;
mod body;
pub mod brake;
pub mod destination;
mod errors;
mod extractors;
mod limits;
mod log;
pub mod methods;
pub mod page;
pub mod program;
pub mod rows;
#[cfg(feature = "axum")]
pub mod serving;
pub mod values;

pub use body::{TooSlow, is_too_slow};
pub use errors::Refusal;
pub use limits::Limits;
pub use log::{line as log_line, report};
