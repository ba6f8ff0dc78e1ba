//! The start-up comparison for a server that makes an application for each of its workers.

use super::guarded::GuardedApp;
use super::routing::App;
use crate::catalogue::Catalogue;
use crate::comparison::TableMismatch;
use actix_web::Error;
use actix_web::dev::{ServiceFactory, ServiceRequest};

/// A function that makes an application: what is given to actix-web's `HttpServer::new`.
pub trait AppFactory: Clone + Send + 'static {
    /// The application's endpoint.
    type Endpoint;

    /// Makes one.
    fn app(&self) -> App<Self::Endpoint>;
}

impl<F, T> AppFactory for F
where
    F: Fn() -> App<T> + Clone + Send + 'static,
{
    type Endpoint = T;

    fn app(&self) -> App<T> {
        self()
    }
}

/// Compares what a function registers with the policy's table, by calling it once, and hands out what `HttpServer::new`
/// takes: a function that makes [`GuardedApp`]s. The last call before a server binds. What [`App::guarded`] adds is in every application it makes.
///
/// # Errors
/// Every difference.
///
/// ```no_run
/// # scopewright::doc_example!();
/// # fn authenticate() -> scopewright::actix::AuthenticateMiddleware<impl scopewright::actix::Authenticate> {
/// #     scopewright::actix::AuthenticateMiddleware::new(scopewright::actix::authenticate_with::<scopes::Scope, _>(
/// #         |_| Err(scopewright::actix::Rejection::Invalid)))
/// # }
/// # fn configure(_: &mut scopewright::actix::web::ServiceConfig) {}
/// use actix_web::HttpServer;
/// use scopewright::actix::{App, guarded};
///
/// #[actix_web::main]
/// async fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let authenticate = authenticate();
///     let app = guarded::<scopes::Scope, _>(move || App::new().configure(configure).wrap(authenticate.clone()))?;
///     HttpServer::new(app).bind("127.0.0.1:8080")?.run().await?;
///     Ok(())
/// }
/// ```
pub fn guarded<C: Catalogue, F: AppFactory>(
    factory: F,
) -> Result<impl Fn() -> GuardedApp<F::Endpoint> + Clone + Send + 'static, TableMismatch>
where
    F::Endpoint: ServiceFactory<ServiceRequest, Config = (), Error = Error, InitError = ()>,
{
    factory.app().compared::<C>()?;
    Ok(move || GuardedApp::new(factory.app().with_resource::<C>()))
}
