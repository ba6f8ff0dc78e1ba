//! axum's `Router` for decided handlers, which remembers what was registered.

use super::MethodRouter;
use crate::axum::decided::{Decided, DecidedService};
use crate::axum::door::PartDoorLayer;
use crate::axum::guarded::GuardedService;
use crate::axum::layers::layers;
use crate::axum::record::nested;
use crate::axum::resource::mount;
use crate::catalogue::{Catalogue, CompiledPolicy};
use crate::comparison::{Registered, TableMismatch, compare};
use crate::decided::HandlerDecision;
use crate::record::Registration;
use ::axum::extract::Request;
use ::axum::handler::Handler;
use ::axum::response::IntoResponse;
use ::axum::routing::Route;
use scopewright_core::Method;
use std::convert::Infallible;
use std::fmt;
use tower_layer::Layer;
use tower_service::Service;

/// axum's [`Router`](::axum::Router) for decided handlers.
///
/// Becomes a service that can be served by [`guarded`](Self::guarded), which compares what was registered with the
/// policy's table.
pub struct Router<S = ()> {
    inner: ::axum::Router<S>,
    registered: Registrations,
}

/// What was registered on a router.
#[derive(Clone, Default)]
struct Registrations {
    known: Vec<Registration>,
    /// Where in `known` the router's own fallbacks are: what [`Router::reset_fallback`] takes away.
    fallbacks: Vec<usize>,
    /// The policies that the doors in front of plain parts ask: what those parts register is not known.
    doors: Vec<&'static CompiledPolicy>,
}

impl Registrations {
    fn push_fallback(&mut self, decision: HandlerDecision) {
        self.fallbacks.push(self.known.len());
        self.known.push(decision.at_fallback());
    }

    fn reset_fallback(&mut self) {
        let (fallbacks, mut places) = (std::mem::take(&mut self.fallbacks), 0..);
        self.known.retain(|_| places.next().is_none_or(|place| !fallbacks.contains(&place)));
    }

    fn merge(&mut self, other: Self) {
        let before = self.known.len();
        self.fallbacks.extend(other.fallbacks.iter().map(|place| before + place));
        self.known.extend(other.known);
        self.doors.extend(other.doors);
    }

    fn nest(&mut self, prefix: &str, inner: Self) {
        let below = |it: Registration| Registration { path: nested(prefix, &it.path), ..it };
        self.known.extend(inner.known.into_iter().map(below));
        self.doors.extend(inner.doors);
    }

    fn compared<C: Catalogue>(&self) -> Result<(), TableMismatch> {
        compare::<C>(Registered { known: &self.known, doors: &self.doors })
    }
}

impl<S: Clone + Send + Sync + 'static> Router<S> {
    /// A router that answers 404 to everything.
    pub fn new() -> Self {
        Self { inner: ::axum::Router::new(), registered: Registrations::default() }
    }

    /// Adds a route.
    ///
    /// # Panics
    /// As axum: if the path is not one, or a method of it is registered already.
    #[must_use]
    #[track_caller]
    pub fn route(mut self, path: &str, method_router: MethodRouter<S>) -> Self {
        let (inner, registered) = method_router.into_parts();
        let at = |(method, decision): (Method, HandlerDecision)| decision.at(method, path);
        self.registered.known.extend(registered.into_iter().map(at));
        self.inner = self.inner.route(path, inner);
        self
    }

    /// Adds a route that a decided service answers, whatever the method.
    ///
    /// # Panics
    /// As axum: if the path is not one, or is registered already.
    #[must_use]
    pub fn route_service<T>(mut self, path: &str, service: T) -> Self
    where
        T: Service<Request, Error = Infallible> + DecidedService + Clone + Send + Sync + 'static,
        T::Response: IntoResponse,
        T::Future: Send + 'static,
    {
        self.registered.known.push(service.decided().at(Method::Any, path));
        self.inner = self.inner.route_service(path, service);
        self
    }

    /// Puts a router under a prefix.
    ///
    /// # Panics
    /// As axum: if the prefix is empty or `/`, or routes overlap.
    #[must_use]
    #[track_caller]
    pub fn nest(mut self, path: &str, router: Self) -> Self {
        self.registered.nest(path, router.registered);
        self.inner = self.inner.nest(path, router.inner);
        self
    }

    /// Puts a decided service under a prefix.
    ///
    /// # Panics
    /// As axum: if the prefix is empty or `/`, or routes overlap.
    #[must_use]
    #[track_caller]
    pub fn nest_service<T>(mut self, path: &str, service: T) -> Self
    where
        T: Service<Request, Error = Infallible> + DecidedService + Clone + Send + Sync + 'static,
        T::Response: IntoResponse,
        T::Future: Send + 'static,
    {
        let rest = nested(path, "/{*rest}");
        self.registered.known.push(service.decided().at(Method::Any, &rest));
        self.inner = self.inner.nest_service(path, service);
        self
    }

    /// Takes in another router's routes.
    ///
    /// # Panics
    /// As axum: if routes overlap, or both have a fallback.
    #[must_use]
    #[track_caller]
    pub fn merge(mut self, other: Self) -> Self {
        self.inner = self.inner.merge(other.inner);
        self.registered.merge(other.registered);
        self
    }

    /// Takes in a part of the service that still is a plain axum router, behind a door: of its routes, nested services
    /// and fallbacks only those in the policy's table are served, and only to callers who meet the row of what answers.
    ///
    /// A preflight (`OPTIONS` with `Origin` and `Access-Control-Request-Method`, Fetch standard) to a route of the table
    /// passes, unless a handler behind the door would answer it: so a CORS layer of the part goes on working.
    ///
    /// The start-up comparison does not see what is registered in it. What the policy only declares of a path decides about
    /// its handlers, not about the fallback of a method router: that may be `method_not_allowed_fallback`'s.
    ///
    /// # Panics
    /// As axum: if routes overlap, or both have a fallback.
    #[must_use]
    #[track_caller]
    pub fn merge_axum<C: Catalogue>(mut self, other: ::axum::Router<S>) -> Self {
        let door = PartDoorLayer::<C>::of(&other);
        self.inner = self.inner.merge(other.layer(door));
        self.registered.doors.push(C::policy());
        self
    }

    layers!(inner);

    /// Whether there is a route.
    #[must_use]
    pub fn has_routes(&self) -> bool {
        self.inner.has_routes()
    }

    /// A decided handler for requests that no route answers.
    #[must_use]
    #[track_caller]
    pub fn fallback<H, T>(mut self, handler: H) -> Self
    where
        H: Handler<T, S> + Decided<T, S>,
        T: 'static,
    {
        self.registered.push_fallback(handler.decided());
        self.inner = self.inner.fallback(handler);
        self
    }

    /// A decided service for requests that no route answers.
    #[must_use]
    pub fn fallback_service<T>(mut self, service: T) -> Self
    where
        T: Service<Request, Error = Infallible> + DecidedService + Clone + Send + Sync + 'static,
        T::Response: IntoResponse,
        T::Future: Send + 'static,
    {
        self.registered.push_fallback(service.decided());
        self.inner = self.inner.fallback_service(service);
        self
    }

    /// A decided handler for requests whose path has a route, but not for their method.
    #[must_use]
    pub fn method_not_allowed_fallback<H, T>(mut self, handler: H) -> Self
    where
        H: Handler<T, S> + Decided<T, S>,
        T: 'static,
    {
        self.registered.known.push(handler.decided().at_fallback());
        self.inner = self.inner.method_not_allowed_fallback(handler);
        self
    }

    /// Removes the fallback.
    #[must_use]
    pub fn reset_fallback(mut self) -> Self {
        self.registered.reset_fallback();
        self.inner = self.inner.reset_fallback();
        self
    }

    /// Provides the state, leaving handlers that need another.
    pub fn with_state<S2>(self, state: S) -> Router<S2> {
        Router { inner: self.inner.with_state(state), registered: self.registered }
    }

    /// Everything registered, in order: through `nest` and `merge`, with full paths.
    pub fn registrations(&self) -> &[Registration] {
        &self.registered.known
    }
}

impl Router {
    /// A service that can be served and wrapped, if everything registered is what the policy's table says and the other
    /// way round. Nothing can be added to it.
    ///
    /// The last call before a service is served. A difference means that the sources the build looked at are not the
    /// program that runs: a route the search did not see, or one it saw that is not there.
    ///
    /// If the policy has a `[resource]`, its metadata (RFC 9728) gets a route of its own here.
    ///
    /// # Errors
    /// Every difference.
    ///
    /// ```
    /// # scopewright::doc_example!();
    /// # use scopewright::axum::Router;
    /// let nothing_registered: Router = Router::new();
    /// let mismatch = nothing_registered.guarded::<scopes::Scope>().unwrap_err();
    /// assert!(mismatch.to_string().contains("`GET /cameras` is in the table, but nothing is registered for it"));
    /// ```
    pub fn guarded<C: Catalogue>(self) -> Result<GuardedService, TableMismatch> {
        self.registered.compared::<C>()?;
        Ok(GuardedService::new(match &C::policy().resource {
            Some(metadata) => mount(self.inner, metadata, &self.registered.known),
            None => self.inner,
        }))
    }

    /// The same service without the comparison, for tests that serve a part of a service. Every handler is still
    /// guarded. A build in which such a service is served has the finding `unguarded-service`.
    pub fn guarded_unchecked(self) -> GuardedService {
        GuardedService::new(self.inner)
    }
}

impl<S: Clone + Send + Sync + 'static> Default for Router<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Clone for Router<S> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), registered: self.registered.clone() }
    }
}

impl<S> fmt::Debug for Router<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Router")
            .field("inner", &self.inner)
            .field("registered", &self.registered.known.len())
            .finish_non_exhaustive()
    }
}
