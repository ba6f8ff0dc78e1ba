//! actix-web's `web` module: its extractors and helpers as they are, its resources, scopes and routes with one more
//! bound.
//!
//! What has no counterpart here (`service`, `redirect`) is actix-web's own and can't be registered by itself: it has no
//! decision.

pub use super::routing::ServiceConfig;
pub use super::routing::functions::{
    delete, get, head, method, patch, post, put, resource, route, scope, to, trace,
};
pub use actix_web::web::*;
