//! actix-web's `ServiceConfig` for decided services.

use super::Route;
use crate::actix::decided::{DecidedFactory, Registrations};
use crate::actix::registered::DecidedEndpoint;
use std::fmt;

/// actix-web's [`ServiceConfig`](actix_web::web::ServiceConfig) for decided services: what a function that is given to
/// `configure` fills.
///
/// ```
/// # scopewright::doc_example!();
/// use scopewright::actix::{App, web};
///
/// fn configure(config: &mut web::ServiceConfig) {
///     config.route("/health", web::get().to(scopes::public(scopes::PublicReason::Health, || async { "ok" })));
/// }
///
/// let app = App::new().configure(configure);
/// assert_eq!(app.registrations()[0].path, "/health");
/// ```
pub struct ServiceConfig {
    steps: Vec<Step>,
    registered: Registrations,
}

/// Something to be done with actix-web's own.
type Step = Box<dyn FnOnce(&mut actix_web::web::ServiceConfig)>;

impl ServiceConfig {
    pub(super) fn new() -> Self {
        Self { steps: Vec::new(), registered: Registrations::default() }
    }

    /// What is to be done with actix-web's own, and what was registered.
    pub(super) fn into_parts(self) -> (impl FnOnce(&mut actix_web::web::ServiceConfig), Registrations) {
        let Self { steps, registered } = self;
        (
            |config: &mut actix_web::web::ServiceConfig| steps.into_iter().for_each(|step| step(config)),
            registered,
        )
    }

    fn step(&mut self, step: impl FnOnce(&mut actix_web::web::ServiceConfig) + 'static) -> &mut Self {
        self.steps.push(Box::new(step));
        self
    }

    /// Sets data.
    pub fn app_data<U: 'static>(&mut self, data: U) -> &mut Self {
        self.step(move |config| {
            config.app_data(data);
        })
    }

    /// Takes in what another function registers.
    pub fn configure<F: FnOnce(&mut Self)>(&mut self, configure: F) -> &mut Self {
        configure(self);
        self
    }

    /// Adds a decided service: a resource, a scope, a handler with `#[get(..)]`.
    pub fn service<F: DecidedFactory>(&mut self, service: F) -> &mut Self {
        let service = self.registered.take_in(service);
        self.step(move |config| {
            config.service(service);
        })
    }

    /// Adds a route at a path.
    pub fn route(&mut self, path: &str, route: Route) -> &mut Self {
        let (route, registered) = route.at(path);
        self.registered.extend(registered);
        let path = path.to_owned();
        self.step(move |config| {
            config.route(&path, route);
        })
    }

    /// A decided route or service for requests that nothing else answers.
    pub fn default_service<S: DecidedEndpoint>(&mut self, service: S) -> &mut Self {
        let service = self.registered.take_in_fallback(service);
        self.step(move |config| {
            config.default_service(service);
        })
    }

    /// Names a URL outside the service. Nothing is served there.
    pub fn external_resource<N: AsRef<str>, U: AsRef<str>>(&mut self, name: N, url: U) -> &mut Self {
        let (name, url) = (name.as_ref().to_owned(), url.as_ref().to_owned());
        self.step(move |config| {
            config.external_resource(name, url);
        })
    }
}

impl fmt::Debug for ServiceConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceConfig")
            .field("registered", &self.registered.known.len())
            .finish_non_exhaustive()
    }
}
