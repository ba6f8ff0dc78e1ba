//! What the example services stand on beside keys: how a program starts and stops.
//!
//! Nothing here knows a scope, an endpoint, or what an answer looks like: the members of a page and the bodies of
//! errors are each service's own.

pub mod program;
