//! utoipa-axum's `OpenApiRouter` for decided handlers, which remembers what was registered.
//!
//! Two halves side by side: our [`Router`] answers and remembers, utoipa-axum's own router, with nothing in it that
//! answers, joins the documents. Neither half's rules are written down a second time here.

use super::method_router::UtoipaMethodRouter;
use crate::axum::decided::{Decided, DecidedService};
use crate::axum::layers::layers;
use crate::axum::routing::{MethodRouter, Router};
use crate::axum::{GuardedService, Registration, TableMismatch};
use crate::catalogue::Catalogue;
use ::axum::extract::Request;
use ::axum::handler::Handler;
use ::axum::response::IntoResponse;
use ::axum::routing::Route;
use std::convert::Infallible;
use std::fmt;
use tower_layer::Layer;
use tower_service::Service;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter as Documented;

/// utoipa-axum's [`OpenApiRouter`](utoipa_axum::router::OpenApiRouter) for decided handlers.
///
/// Becomes a service that can be served by [`guarded`](Self::guarded), which compares what was registered with the
/// policy's table.
pub struct OpenApiRouter<S = ()> {
    router: Router<S>,
    document: OpenApi,
}

impl<S: Clone + Send + Sync + 'static> OpenApiRouter<S> {
    /// A router that answers 404 to everything, with the document that utoipa-axum starts from.
    pub fn new() -> Self {
        Self::with_openapi(Documented::<()>::new().into_openapi())
    }

    /// A router that answers 404 to everything, with a document of one's own to start from.
    pub fn with_openapi(openapi: OpenApi) -> Self {
        Self { router: Router::new(), document: openapi }
    }

    /// Adds the handlers that [`routes!`](super::routes) collected, and what `#[utoipa::path]` says about them.
    ///
    /// # Panics
    /// As axum: if a path is not one, or a method of it is registered already.
    #[must_use]
    #[track_caller]
    pub fn routes(mut self, (schemas, paths, method_router): UtoipaMethodRouter<S>) -> Self {
        for path in paths.paths.keys() {
            self.router = self.router.route(if path.is_empty() { "/" } else { path }, method_router.clone());
        }
        let documented = Documented::<()>::with_openapi(self.document);
        let nothing = ::axum::routing::MethodRouter::new();
        Self { document: documented.routes((schemas, paths, nothing)).into_openapi(), ..self }
    }

    /// Adds a route that the document says nothing about.
    ///
    /// # Panics
    /// As axum: if the path is not one, or a method of it is registered already.
    #[must_use]
    #[track_caller]
    pub fn route(self, path: &str, method_router: MethodRouter<S>) -> Self {
        Self { router: self.router.route(path, method_router), ..self }
    }

    /// Adds a route that a decided service answers, whatever the method. The document says nothing about it.
    ///
    /// # Panics
    /// As axum: if the path is not one, or is registered already.
    #[must_use]
    pub fn route_service<T>(self, path: &str, service: T) -> Self
    where
        T: Service<Request, Error = Infallible> + DecidedService + Clone + Send + Sync + 'static,
        T::Response: IntoResponse,
        T::Future: Send + 'static,
    {
        Self { router: self.router.route_service(path, service), ..self }
    }

    /// Puts a router, and the paths of its document, under a prefix.
    ///
    /// # Panics
    /// As axum: if the prefix is empty or `/`, or routes overlap.
    #[must_use]
    #[track_caller]
    pub fn nest(self, path: &str, router: Self) -> Self {
        let documented = Documented::<()>::with_openapi(self.document);
        Self {
            router: self.router.nest(path, router.router),
            document: documented.nest(path, Documented::with_openapi(router.document)).into_openapi(),
        }
    }

    /// Puts a decided service under a prefix. The document says nothing about it.
    ///
    /// # Panics
    /// As axum: if the prefix is empty or `/`, or routes overlap.
    #[must_use]
    #[track_caller]
    pub fn nest_service<T>(self, path: &str, service: T) -> Self
    where
        T: Service<Request, Error = Infallible> + DecidedService + Clone + Send + Sync + 'static,
        T::Response: IntoResponse,
        T::Future: Send + 'static,
    {
        Self { router: self.router.nest_service(path, service), ..self }
    }

    /// Takes in another router's routes and its document.
    ///
    /// # Panics
    /// As axum: if routes overlap, or both have a fallback.
    #[must_use]
    #[track_caller]
    pub fn merge(self, router: Self) -> Self {
        let documented = Documented::<()>::with_openapi(self.document);
        Self {
            router: self.router.merge(router.router),
            document: documented.merge(Documented::with_openapi(router.document)).into_openapi(),
        }
    }

    /// Takes in a part of the service that still is a plain axum router, as [`Router::merge_axum`] does. The document
    /// says nothing about it.
    ///
    /// # Panics
    /// As axum: if routes overlap, or both have a fallback.
    #[must_use]
    #[track_caller]
    pub fn merge_axum<C: Catalogue>(self, other: ::axum::Router<S>) -> Self {
        Self { router: self.router.merge_axum::<C>(other), ..self }
    }

    layers!(router);

    /// A decided handler for requests that no route answers.
    #[must_use]
    #[track_caller]
    pub fn fallback<H, T>(self, handler: H) -> Self
    where
        H: Handler<T, S> + Decided<T, S>,
        T: 'static,
    {
        Self { router: self.router.fallback(handler), ..self }
    }

    /// A decided service for requests that no route answers.
    #[must_use]
    pub fn fallback_service<T>(self, service: T) -> Self
    where
        T: Service<Request, Error = Infallible> + DecidedService + Clone + Send + Sync + 'static,
        T::Response: IntoResponse,
        T::Future: Send + 'static,
    {
        Self { router: self.router.fallback_service(service), ..self }
    }

    /// Provides the state, leaving handlers that need another.
    pub fn with_state<S2>(self, state: S) -> OpenApiRouter<S2> {
        OpenApiRouter { router: self.router.with_state(state), document: self.document }
    }

    /// The document alone.
    pub fn into_openapi(self) -> OpenApi {
        self.document
    }

    /// Takes the document out.
    pub fn to_openapi(&mut self) -> OpenApi {
        std::mem::take(&mut self.document)
    }

    /// The document.
    pub const fn get_openapi(&self) -> &OpenApi {
        &self.document
    }

    /// The document, to be changed.
    pub const fn get_openapi_mut(&mut self) -> &mut OpenApi {
        &mut self.document
    }

    /// Everything registered, in order: through `nest` and `merge`, with full paths.
    pub fn registrations(&self) -> &[Registration] {
        self.router.registrations()
    }
}

impl OpenApiRouter {
    /// The guarded service and the document, if everything registered is what the policy's table says and the other way
    /// round: see [`Router::guarded`]. Takes the place of utoipa-axum's `split_for_parts`.
    ///
    /// # Errors
    /// Every difference.
    ///
    /// ```
    /// # scopewright::doc_example!();
    /// # use scopewright::axum::utoipa::OpenApiRouter;
    /// let nothing_registered: OpenApiRouter = OpenApiRouter::new();
    /// let Err(mismatch) = nothing_registered.guarded::<scopes::Scope>() else { panic!("it is not empty") };
    /// assert!(mismatch.to_string().contains("`GET /cameras` is in the table, but nothing is registered for it"));
    /// ```
    pub fn guarded<C: Catalogue>(self) -> Result<(GuardedService, OpenApi), TableMismatch> {
        Ok((self.router.guarded::<C>()?, self.document))
    }

    /// The service and the document without the comparison, for tests that serve a part of a service: see
    /// [`Router::guarded_unchecked`].
    pub fn split_unchecked(self) -> (GuardedService, OpenApi) {
        (self.router.guarded_unchecked(), self.document)
    }
}

impl<S: Clone + Send + Sync + 'static> Default for OpenApiRouter<S> {
    /// A router that answers 404 to everything, with an empty document.
    fn default() -> Self {
        Self::from(Router::new())
    }
}

/// A router of handlers that no document describes.
impl<S> From<Router<S>> for OpenApiRouter<S> {
    fn from(router: Router<S>) -> Self {
        Self { router, document: OpenApi::default() }
    }
}

impl<S> Clone for OpenApiRouter<S> {
    fn clone(&self) -> Self {
        Self { router: self.router.clone(), document: self.document.clone() }
    }
}

impl<S> fmt::Debug for OpenApiRouter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenApiRouter").field("router", &self.router).finish_non_exhaustive()
    }
}
