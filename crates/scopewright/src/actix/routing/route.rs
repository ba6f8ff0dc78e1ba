//! actix-web's `Route` for decided handlers.

use crate::actix::decided::{DecidedHandler, Registrations};
use crate::actix::methods::Methods;
use crate::actix::path::joined;
use crate::actix::registered::DecidedEndpoint;
use crate::decided::HandlerDecision;
use crate::sealed::Sealed;
use actix_web::body::MessageBody;
use actix_web::dev::{Handler, Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::guard::Guard;
use actix_web::{Error, FromRequest, Responder};
use scopewright_core::Method;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// actix-web's [`Route`](actix_web::Route) for decided handlers.
pub struct Route {
    inner: actix_web::Route,
    methods: Methods,
    decision: Option<HandlerDecision>,
}

/// What a route's middleware wraps. actix-web has it under a name that can't be written.
type BoxedService = Box<
    dyn Service<
            ServiceRequest,
            Response = ServiceResponse,
            Error = Error,
            Future = Pin<Box<dyn Future<Output = Result<ServiceResponse, Error>>>>,
        >,
>;

impl Route {
    /// A route for every request. Until it is given a handler, it answers 404.
    #[expect(clippy::new_without_default, reason = "as actix-web has it")]
    pub fn new() -> Self {
        Self { inner: actix_web::Route::new(), methods: Methods::default(), decision: None }
    }

    /// Asks for a method.
    #[must_use]
    pub fn method(mut self, method: actix_web::http::Method) -> Self {
        self.methods = self.methods.and(&Methods::only(&method));
        self.inner = self.inner.method(method);
        self
    }

    /// Asks for more than a method. What a guard says about methods is found out by asking it, once for each.
    #[must_use]
    pub fn guard<G: Guard + 'static>(mut self, guard: G) -> Self {
        self.methods = self.methods.and(&Methods::passing(&guard));
        self.inner = self.inner.guard(guard);
        self
    }

    /// Sets the decided handler.
    ///
    /// # Panics
    /// As actix-web: after [`wrap`](Self::wrap).
    #[must_use]
    #[track_caller]
    pub fn to<F, Args>(mut self, handler: F) -> Self
    where
        F: Handler<Args> + DecidedHandler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.decision = Some(handler.decided());
        self.inner = self.inner.to(handler);
        self
    }

    /// Sets a decided service as the handler.
    ///
    /// # Panics
    /// As actix-web: after [`wrap`](Self::wrap).
    #[must_use]
    #[track_caller]
    pub fn service<S>(mut self, service: S) -> Self
    where
        S: DecidedEndpoint,
    {
        let (service, decision) = service.into_parts();
        self.decision = decision;
        self.inner = self.inner.service(service);
        self
    }

    /// Wraps the handler.
    #[must_use]
    pub fn wrap<M, B>(mut self, middleware: M) -> Self
    where
        M: Transform<
                BoxedService,
                ServiceRequest,
                Response = ServiceResponse<B>,
                Error = Error,
                InitError = (),
            > + 'static,
        B: MessageBody + 'static,
    {
        self.inner = self.inner.wrap(middleware);
        self
    }

    /// actix-web's own route, and what it answers at a path.
    pub(super) fn at(self, path: &str) -> (actix_web::Route, Registrations) {
        let (inner, methods, decision) = self.into_parts();
        let at = |decision: HandlerDecision| {
            let methods = methods.of(Method::Any).into_iter();
            methods.map(move |method| decision.at(method, &joined("", path)))
        };
        (inner, Registrations { known: decision.into_iter().flat_map(at).collect(), doors: Vec::new() })
    }

    pub(super) fn into_parts(self) -> (actix_web::Route, Methods, Option<HandlerDecision>) {
        (self.inner, self.methods, self.decision)
    }
}

impl Sealed for Route {}

impl DecidedEndpoint for Route {
    type Factory = actix_web::Route;

    fn into_parts(self) -> (Self::Factory, Option<HandlerDecision>) {
        (self.inner, self.decision)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route").field("methods", &self.methods).finish_non_exhaustive()
    }
}
