//! actix-web's `Resource` for decided handlers, which remembers what was registered.

use super::Route;
use super::shared::wraps;
use crate::actix::decided::{DecidedFactory, DecidedHandler, Registrations};
use crate::actix::methods::Methods;
use crate::actix::path::joined;
use crate::actix::registered::DecidedEndpoint;
use crate::decided::HandlerDecision;
use crate::sealed::SealedService;
use actix_router::{IntoPatterns, Patterns};
use actix_web::body::MessageBody;
use actix_web::dev::{
    Handler, HttpServiceFactory, ServiceFactory, ServiceRequest, ServiceResponse, Transform,
};
use actix_web::guard::Guard;
use actix_web::{Error, FromRequest, Responder};
use scopewright_core::Method;
use std::fmt;
use std::future::Future;

/// actix-web's [`Resource`](actix_web::Resource) for decided handlers.
pub struct Resource<T = ResourceEndpoint> {
    inner: actix_web::Resource<T>,
    paths: Vec<String>,
    methods: Methods,
    registered: Vec<(Methods, HandlerDecision)>,
}

/// What a resource without middleware ends in. actix-web has it under a name that can't be written.
pub type ResourceEndpoint = <actix_web::Resource as Ended>::Endpoint;

#[doc(hidden)]
pub trait Ended {
    type Endpoint;
}

impl<T> Ended for actix_web::Resource<T> {
    type Endpoint = T;
}

impl Resource {
    /// A resource at one path, or at several.
    #[expect(clippy::needless_pass_by_value, reason = "as actix-web has it")]
    pub fn new<T: IntoPatterns>(path: T) -> Self {
        let patterns = path.patterns();
        let paths = match &patterns {
            Patterns::Single(path) => vec![path.clone()],
            Patterns::List(paths) => paths.clone(),
        };
        let inner = actix_web::Resource::new(patterns);
        Self { inner, paths, methods: Methods::default(), registered: Vec::new() }
    }
}

/// The bounds come from the invocation, so that rustc's errors show them and not the inside of a macro.
macro_rules! shortcuts {
    ($bounds:tt $($name:ident $method:literal;)*) => {
        $(shortcut!($bounds $name $method);)*
    };
}

macro_rules! shortcut {
    ({$($bounds:tt)*} $name:ident $method:literal) => {
        #[doc = concat!("Adds a decided handler for `", $method, "` requests.")]
        #[must_use]
        pub fn $name<F, Args>(self, handler: F) -> Self
        where
            $($bounds)*
            Args: FromRequest + 'static,
            F::Output: Responder + 'static,
        {
            self.route(super::functions::$name().to(handler))
        }
    };
}

impl<T> Resource<T>
where
    T: ServiceFactory<ServiceRequest, Config = (), Error = Error, InitError = ()>,
{
    /// Names the resource, for URLs that are made from it.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.inner = self.inner.name(name);
        self
    }

    /// Asks for more than a path.
    #[must_use]
    pub fn guard<G: Guard + 'static>(mut self, guard: G) -> Self {
        self.methods = self.methods.and(&Methods::passing(&guard));
        self.inner = self.inner.guard(guard);
        self
    }

    /// Adds a route.
    #[must_use]
    pub fn route(mut self, route: Route) -> Self {
        let (route, methods, decision) = route.into_parts();
        self.registered.extend(decision.map(|decision| (methods, decision)));
        self.inner = self.inner.route(route);
        self
    }

    /// Adds a decided handler for every method.
    #[must_use]
    pub fn to<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args> + DecidedHandler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.route(Route::new().to(handler))
    }

    shortcuts! {
        { F: Handler<Args> + DecidedHandler<Args>, }
        get "GET";
        post "POST";
        put "PUT";
        patch "PATCH";
        delete "DELETE";
        head "HEAD";
        trace "TRACE";
    }

    /// Sets data that only this resource has.
    #[must_use]
    pub fn app_data<U: 'static>(mut self, data: U) -> Self {
        self.inner = self.inner.app_data(data);
        self
    }

    /// A decided route or service for methods that have no route. Without one they are answered by 405.
    #[must_use]
    pub fn default_service<S: DecidedEndpoint>(mut self, service: S) -> Self {
        let (service, decision) = service.into_parts();
        self.registered.extend(decision.map(|decision| (Methods::default(), decision)));
        self.inner = self.inner.default_service(service);
        self
    }

    wraps!(Resource { paths, methods, registered } "everything the resource answers");
}

impl<T> Resource<T> {
    fn registrations(&self) -> Registrations {
        let mut known = Vec::new();
        for (methods, decision) in &self.registered {
            for method in self.methods.and(methods).of(Method::Any) {
                known.extend(self.paths.iter().map(|path| decision.at(method, &joined("", path))));
            }
        }
        Registrations { known, doors: Vec::new() }
    }
}

impl<T> SealedService for Resource<T> {}

#[diagnostic::do_not_recommend]
impl<T> DecidedFactory for Resource<T>
where
    actix_web::Resource<T>: HttpServiceFactory + 'static,
{
    type Factory = actix_web::Resource<T>;

    fn into_parts(self) -> (Self::Factory, Registrations) {
        let registrations = self.registrations();
        (self.inner, registrations)
    }
}

impl<T> fmt::Debug for Resource<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resource").field("paths", &self.paths).finish_non_exhaustive()
    }
}
