//! Scopewright for axum 0.8: a router that takes only decided handlers, the guard's extraction, authentication.
//!
//! The types here stand in for axum's own of the same names; the change to an existing service is in its `use` lines
//! and in one call before it is served:
//!
//! ```
//! # scopewright::doc_example!();
//! # use scopewright::require::Is;
//! use scopewright::axum::routing::{Router, get};
//!
//! // What `#[requires_scope("read:cameras")]` makes of `async fn list_cameras()`:
//! async fn list_cameras(_: scopes::Guard<Is<{ scopes::Scope::ReadCameras as u16 }>>) -> &'static str {
//!     "[]"
//! }
//!
//! let app = Router::new().route("/cameras", get(list_cameras));
//! # let _: Router = app;
//! ```
//!
//! - A request's credential is read and checked by [`AuthenticateLayer`], which puts a [`Grant`](crate::Grant) into
//!   the request and answers nothing itself.
//! - The [`Guard`](crate::Guard) in a handler's signature, or the [`Registered`] around what has no signature, asks
//!   for the decision and answers denied calls.
//! - [`Router::guarded`](routing::Router::guarded) compares what is registered with the policy's table and hands out a
//!   [`GuardedService`], which is served and takes layers, but no route.
//! - [`DoorLayer`] stands before parts of a service that still are plain axum.
//!
//! With the feature `utoipa` the module `utoipa` does the same for utoipa-axum's router.

mod answering;
mod authenticate;
mod check;
mod decided;
mod door;
mod extract;
mod guarded;
mod layers;
mod record;
mod registered;
mod resource;
mod response;
pub mod routing;
#[cfg(feature = "utoipa")]
pub mod utoipa;
mod who_am_i;

pub use crate::authenticate::{Authenticate, Rejection, authenticate_with};
pub use crate::comparison::{Difference, TableMismatch};
pub use crate::credential::Presented;
pub use crate::decided::{Guarded, HandlerDecision};
pub use crate::record::Registration;
pub use crate::registration::{AnyOf, Need, Registered, any_of, authenticated, public, requires, scope_todo};
pub use authenticate::{AuthenticateFuture, AuthenticateLayer, AuthenticateService};
pub use decided::{Decided, DecidedService};
pub use door::{DoorFuture, DoorLayer, DoorService};
pub use guarded::{AxumAnswer, AxumAnswers, GuardedService};
pub use registered::{AtRegistration, RegisteredFuture};
pub use routing::{MethodRouter, Router};
pub use who_am_i::who_am_i;
