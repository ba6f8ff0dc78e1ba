//! actix-web's `App` for decided services, which remembers what was registered.

use super::{Route, ServiceConfig};
use crate::actix::decided::{DecidedFactory, Registrations};
use crate::actix::door::PlainPart;
use crate::actix::registered::DecidedEndpoint;
use crate::actix::resource::mounted;
use crate::catalogue::Catalogue;
use crate::comparison::{TableMismatch, compare};
use crate::decided::HandlerDecision;
use crate::record::Registration;
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse, Transform};
use std::fmt;
use std::future::Future;

/// actix-web's [`App`](actix_web::App) for decided services.
///
/// Becomes actix-web's own by [`guarded`](Self::guarded), which compares what was registered with the policy's table. A
/// server makes an application for each of its workers; [`guarded`](super::super::guarded) compares once for all.
pub struct App<T> {
    inner: actix_web::App<T>,
    registered: Registrations,
}

impl App<()> {
    /// An application that answers 404 to everything.
    pub fn new() -> App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse,
            Error = Error,
            InitError = (),
        > + 'static,
    > {
        App { inner: actix_web::App::new(), registered: Registrations::default() }
    }
}

impl<T> App<T>
where
    T: ServiceFactory<ServiceRequest, Config = (), Error = Error, InitError = ()>,
{
    /// Sets data.
    #[must_use]
    pub fn app_data<U: 'static>(mut self, data: U) -> Self {
        self.inner = self.inner.app_data(data);
        self
    }

    /// Sets data that is made when a worker starts.
    #[must_use]
    pub fn data_factory<F, Out, D, E>(mut self, data: F) -> Self
    where
        F: Fn() -> Out + 'static,
        Out: Future<Output = Result<D, E>> + 'static,
        D: 'static,
        E: fmt::Debug,
    {
        self.inner = self.inner.data_factory(data);
        self
    }

    /// Takes in what a function registers.
    #[must_use]
    pub fn configure<F: FnOnce(&mut ServiceConfig)>(mut self, configure: F) -> Self {
        let mut config = ServiceConfig::new();
        configure(&mut config);
        let (steps, registered) = config.into_parts();
        self.registered.extend(registered);
        self.inner = self.inner.configure(steps);
        self
    }

    /// Adds a decided service: a resource, a scope, a handler with `#[get(..)]`.
    #[must_use]
    pub fn service<F: DecidedFactory>(mut self, service: F) -> Self {
        let (service, registered) = service.into_parts();
        self.registered.extend(registered);
        self.inner = self.inner.service(service);
        self
    }

    /// Takes in a part of the service that still is plain actix-web, behind a [`DoorMiddleware`]: of its routes only those
    /// in the policy's table are served, and only to callers who meet the table's decision.
    ///
    /// The start-up comparison does not see what is registered in it.
    ///
    /// [`DoorMiddleware`]: crate::actix::DoorMiddleware
    #[must_use]
    pub fn service_actix<C: Catalogue>(mut self, part: impl PlainPart) -> Self {
        self.registered.has_plain_parts = true;
        self.inner = self.inner.service(part.behind_door::<C>());
        self
    }

    /// Adds a route at a path.
    #[must_use]
    pub fn route(mut self, path: &str, route: Route) -> Self {
        let (route, registered) = route.at(path);
        self.registered.extend(registered);
        self.inner = self.inner.route(path, route);
        self
    }

    /// A decided route or service for requests that nothing else answers.
    #[must_use]
    pub fn default_service<S: DecidedEndpoint>(mut self, service: S) -> Self {
        let (service, decision) = service.into_parts();
        self.registered.known.extend(decision.map(HandlerDecision::at_fallback));
        self.inner = self.inner.default_service(service);
        self
    }

    /// Names a URL outside the service. Nothing is served there.
    #[must_use]
    pub fn external_resource<N: AsRef<str>, U: AsRef<str>>(mut self, name: N, url: U) -> Self {
        self.inner = self.inner.external_resource(name, url);
        self
    }

    /// Wraps everything.
    pub fn wrap<M, B>(
        self,
        middleware: M,
    ) -> App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        >,
    >
    where
        M: Transform<
                T::Service,
                ServiceRequest,
                Response = ServiceResponse<B>,
                Error = Error,
                InitError = (),
            > + 'static,
        B: MessageBody,
    {
        App { inner: self.inner.wrap(middleware), registered: self.registered }
    }

    /// Wraps everything in a function.
    pub fn wrap_fn<F, R, B>(
        self,
        middleware: F,
    ) -> App<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<B>,
            Error = Error,
            InitError = (),
        >,
    >
    where
        F: Fn(ServiceRequest, &T::Service) -> R + Clone + 'static,
        R: Future<Output = Result<ServiceResponse<B>, Error>>,
        B: MessageBody,
    {
        App { inner: self.inner.wrap_fn(middleware), registered: self.registered }
    }
}

impl<T> App<T>
where
    T: ServiceFactory<ServiceRequest, Config = (), Error = Error, InitError = ()>,
{
    /// actix-web's application, if everything registered is what the policy's table says and the other way round.
    ///
    /// The last call on an application. A difference means that the sources the build looked at are not the program
    /// that runs: a route the search did not see, or one it saw that is not there.
    ///
    /// If the policy has a `[resource]`, its metadata (RFC 9728) becomes the last service here: a scope with an empty
    /// prefix before it would take its requests.
    ///
    /// # Errors
    /// Every difference.
    ///
    /// ```
    /// # scopewright::doc_example!();
    /// # use scopewright::actix::App;
    /// let mismatch = App::new().guarded::<scopes::Scope>().err().unwrap();
    /// assert!(mismatch.to_string().contains("`GET /cameras` is in the table, but nothing is registered for it"));
    /// ```
    pub fn guarded<C: Catalogue>(self) -> Result<actix_web::App<T>, TableMismatch> {
        self.compared::<C>()?;
        Ok(self.with_resource::<C>())
    }

    /// actix-web's application, with the metadata of the policy's `[resource]`.
    pub(in crate::actix) fn with_resource<C: Catalogue>(self) -> actix_web::App<T> {
        mounted(self.inner, C::policy().resource.as_ref(), &self.registered.known)
    }
}

impl<T> App<T> {
    /// Everything registered, in order, with full paths in the policy's notation.
    pub fn registrations(&self) -> &[Registration] {
        &self.registered.known
    }

    pub(in crate::actix) fn compared<C: Catalogue>(&self) -> Result<(), TableMismatch> {
        compare::<C>(&self.registered.known, self.registered.has_plain_parts)
    }

    /// actix-web's application without the comparison, for tests that serve a part of a service. Every handler is still
    /// guarded.
    pub fn into_actix_unchecked(self) -> actix_web::App<T> {
        self.inner
    }
}

impl<T> fmt::Debug for App<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("registered", &self.registered.known.len()).finish_non_exhaustive()
    }
}
