//! axum's `routing` module with one more bound: only what carries a decision can be registered.
//!
//! Same names, same arguments, same panics; see [axum's own documentation](::axum::routing) for what each does.

mod functions;
mod method_router;
mod router;

pub use ::axum::routing::MethodFilter;
pub use functions::{
    any, any_service, connect, connect_service, delete, delete_service, get, get_service, head, head_service,
    on, on_service, options, options_service, patch, patch_service, post, post_service, put, put_service,
    trace, trace_service,
};
pub use method_router::MethodRouter;
pub use router::Router;
