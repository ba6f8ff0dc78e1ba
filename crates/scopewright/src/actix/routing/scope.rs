//! actix-web's `Scope` for decided services, which remembers what was registered.

use super::shared::{mounts, wraps};
use super::{Ended, Route, ServiceConfig};
use crate::actix::decided::{DecidedFactory, Registrations};
use crate::actix::door::PlainPart;
use crate::actix::methods::Methods;
use crate::actix::path::joined;
use crate::actix::registered::DecidedEndpoint;
use crate::catalogue::Catalogue;
use crate::record::Registration;
use crate::sealed::SealedService;
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{HttpServiceFactory, ServiceFactory, ServiceRequest, ServiceResponse, Transform};
use actix_web::guard::Guard;
use std::fmt;
use std::future::Future;

/// actix-web's [`Scope`](actix_web::Scope) for decided services.
pub struct Scope<T = ScopeEndpoint> {
    inner: actix_web::Scope<T>,
    path: String,
    methods: Methods,
    registered: Registrations,
}

/// What a scope without middleware ends in. actix-web has it under a name that can't be written.
pub type ScopeEndpoint = <actix_web::Scope as Ended>::Endpoint;

impl<T> Ended for actix_web::Scope<T> {
    type Endpoint = T;
}

impl Scope {
    /// A scope with this prefix. Nothing is trimmed: a prefix should not end in a slash.
    pub fn new(path: &str) -> Self {
        Self {
            inner: actix_web::Scope::new(path),
            path: path.to_owned(),
            methods: Methods::default(),
            registered: Registrations::default(),
        }
    }
}

impl<T> Scope<T>
where
    T: ServiceFactory<ServiceRequest, Config = (), Error = Error, InitError = ()>,
{
    /// Asks for more than a prefix. Requests that do not pass never get to what the scope has.
    #[must_use]
    pub fn guard<G: Guard + 'static>(mut self, guard: G) -> Self {
        self.methods = self.methods.and(&Methods::passing(&guard));
        self.inner = self.inner.guard(guard);
        self
    }

    /// Sets data that only this scope has.
    #[must_use]
    pub fn app_data<U: 'static>(mut self, data: U) -> Self {
        self.inner = self.inner.app_data(data);
        self
    }

    mounts!();

    /// Adds a decided service: a resource, a scope, a handler with `#[get(..)]`.
    #[must_use]
    pub fn service<F: DecidedFactory>(mut self, service: F) -> Self {
        self.inner = self.inner.service(self.registered.take_in(service));
        self
    }

    /// A decided route or service for requests that nothing in the scope answers.
    #[must_use]
    pub fn default_service<S: DecidedEndpoint>(mut self, service: S) -> Self {
        self.inner = self.inner.default_service(self.registered.take_in_fallback(service));
        self
    }

    wraps!(Scope { path, methods, registered } "everything in the scope");
}

impl<T> SealedService for Scope<T> {}

#[diagnostic::do_not_recommend]
impl<T> DecidedFactory for Scope<T>
where
    actix_web::Scope<T>: HttpServiceFactory + 'static,
{
    type Factory = actix_web::Scope<T>;

    fn into_parts(self) -> (Self::Factory, Registrations) {
        let Self { inner, path, methods, registered } = self;
        let under = |it: Registration| {
            let path = joined(&path, &it.path);
            methods.of(it.method).into_iter().map(move |method| Registration {
                method,
                path: path.clone(),
                ..it
            })
        };
        let known = registered.known.into_iter().flat_map(under).collect();
        (inner, Registrations { known, doors: registered.doors })
    }
}

impl<T> fmt::Debug for Scope<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("path", &self.path).finish_non_exhaustive()
    }
}
