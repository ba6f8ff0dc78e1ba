//! actix-web's `App` for decided services, which remembers what was registered.

use super::shared::{mounts, wraps};
use super::{Route, ServiceConfig};
use crate::actix::decided::{DecidedFactory, Registrations};
use crate::actix::door::PlainPart;
use crate::actix::guarded::GuardedApp;
use crate::actix::registered::DecidedEndpoint;
use crate::actix::resource::mounted;
use crate::catalogue::Catalogue;
use crate::comparison::{Registered, TableMismatch, compare};
use crate::record::Registration;
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse, Transform};
use std::fmt;
use std::future::Future;

/// actix-web's [`App`](actix_web::App) for decided services.
///
/// Becomes one that can be served by [`guarded`](Self::guarded), which compares what was registered with the policy's table. A
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

    mounts!();

    /// Adds a decided service: a resource, a scope, a handler with `#[get(..)]`.
    #[must_use]
    pub fn service<F: DecidedFactory>(mut self, service: F) -> Self {
        self.inner = self.inner.service(self.registered.take_in(service));
        self
    }

    /// A decided route or service for requests that nothing else answers.
    #[must_use]
    pub fn default_service<S: DecidedEndpoint>(mut self, service: S) -> Self {
        self.inner = self.inner.default_service(self.registered.take_in_fallback(service));
        self
    }

    /// Names a URL outside the service. Nothing is served there.
    #[must_use]
    pub fn external_resource<N: AsRef<str>, U: AsRef<str>>(mut self, name: N, url: U) -> Self {
        self.inner = self.inner.external_resource(name, url);
        self
    }

    wraps!(App { registered } "everything");
}

impl<T> App<T>
where
    T: ServiceFactory<ServiceRequest, Config = (), Error = Error, InitError = ()>,
{
    /// An application that can be served, if everything registered is what the policy's table says and the other way round.
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
    pub fn guarded<C: Catalogue>(self) -> Result<GuardedApp<T>, TableMismatch> {
        self.compared::<C>()?;
        Ok(GuardedApp::new(self.with_resource::<C>()))
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
        compare::<C>(Registered { known: &self.registered.known, doors: &self.registered.doors })
    }

    /// The same application without the comparison, for tests that serve a part of a service. Every handler is still
    /// guarded. A build in which such an application is served has the finding `unguarded-service`.
    pub fn guarded_unchecked(self) -> GuardedApp<T> {
        GuardedApp::new(self.inner)
    }
}

impl<T> fmt::Debug for App<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("registered", &self.registered.known.len()).finish_non_exhaustive()
    }
}
