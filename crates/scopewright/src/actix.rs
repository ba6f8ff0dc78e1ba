//! Scopewright for actix-web 4: an application that takes only decided handlers, the guard's extraction, authentication.
//!
//! The types here stand in for actix-web's own of the same names; the change to an existing service is in its `use`
//! lines and in one call before it is served:
//!
//! ```
//! # scopewright::doc_example!();
//! # use scopewright::require::Is;
//! use scopewright::actix::{App, web};
//!
//! // What `#[requires_scope("read:cameras")]` makes of `async fn list_cameras()`:
//! async fn list_cameras(_: scopes::Guard<Is<{ scopes::Scope::ReadCameras as u16 }>>) -> &'static str {
//!     "[]"
//! }
//!
//! let app = || App::new().service(web::scope("/cameras").route("", web::get().to(list_cameras)));
//! assert_eq!(app().registrations()[0].path, "/cameras");
//! ```
//!
//! - A request's credential is read and checked by [`AuthenticateMiddleware`], which puts a [`Grant`](crate::Grant) into
//!   the request and answers nothing itself.
//! - The [`Guard`](crate::Guard) in a handler's signature, or the [`Registered`] around what has no signature, asks
//!   for the decision and answers denied calls.
//! - [`guarded`](guarded()) compares what is registered with the policy's table, once before the server binds, and hands out what
//!   `HttpServer::new` takes.
//! - [`DoorMiddleware`] stands before parts of a service that still are plain actix-web.
//!
//! actix-web starts all extractors of a handler together and waits for them in order. The guard is the first, so its
//! denial is what is answered, and the handler never runs; the other extractors may have begun to read the body.

mod annotated;
mod answering;
mod authenticate;
mod check;
mod decided;
mod door;
mod extract;
mod guarded;
mod methods;
mod path;
mod registered;
mod resource;
mod response;
pub mod routing;
mod serve;
pub mod web;
mod who_am_i;

pub use crate::authenticate::{Authenticate, Rejection, authenticate_with};
pub use crate::comparison::{Difference, TableMismatch};
pub use crate::credential::Presented;
pub use crate::decided::{Guarded, HandlerDecision};
pub use crate::record::Registration;
pub use crate::registration::{AnyOf, Need, Registered, any_of, authenticated, public, requires, scope_todo};
#[doc(hidden)]
pub use annotated::{Annotated as __WrittenByTheAttributeAlone, AnnotatedRoutes};
pub use authenticate::{AuthenticateFuture, AuthenticateMiddleware, AuthenticateService};
/// Names that actix-web has in its module `dev`.
pub mod dev {
    /// For `fn routes() -> impl HttpServiceFactory`: the opaque type keeps the decision.
    pub use super::DecidedFactory as HttpServiceFactory;
}

pub use decided::{DecidedFactory, DecidedHandler, Registrations};
pub use door::{DoorFuture, DoorMiddleware, DoorService, PlainPart};
pub use extract::Unidentified;
pub use guarded::GuardedApp;
pub use registered::{AtRegistration, DecidedEndpoint, RegisteredFactory, RegisteredService};
pub use routing::{App, Resource, Route, Scope};
pub use scopewright_macros::{connect, delete, get, head, options, patch, post, put, route, routes, trace};
pub use serve::{AppFactory, guarded};
pub use who_am_i::who_am_i;
