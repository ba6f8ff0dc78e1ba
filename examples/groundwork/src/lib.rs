//! What the example services stand on beside keys: how a program starts and stops, rows of a database, pages of a
//! list, values a request may carry, and what becomes of errors.
//!
//! Nothing here knows a scope, an endpoint, or what an answer looks like: the members of a page and the bodies of
//! errors are each service's own.

mod errors;
mod extractors;
pub mod page;
pub mod program;
pub mod rows;
pub mod values;

pub use errors::{Refusal, report};
