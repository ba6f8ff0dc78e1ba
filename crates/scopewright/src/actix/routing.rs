//! actix-web's own types for applications and routes with one more bound: only what carries a decision can be registered.

mod app;
mod config;
pub(super) mod functions;
mod resource;
mod route;
mod scope;
mod shared;

pub use app::App;
pub use config::ServiceConfig;
pub use resource::{Ended, Resource, ResourceEndpoint};
pub use route::Route;
pub use scope::{Scope, ScopeEndpoint};
