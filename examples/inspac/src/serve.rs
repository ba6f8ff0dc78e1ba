//! The running service: router, document, listener.

use std::convert::Infallible;

use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use example_groundwork::{Limits, serving};
use scopewright::axum::{AuthenticateLayer, TableMismatch};
use tokio::net::TcpListener;
use tower_service::Service;
use utoipa::openapi::OpenApi;

use crate::credentials::Authenticator;
use crate::scopes::Scope;
use crate::state::AppState;
use crate::{api, usage};

/// Why the service did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// What is registered is not what the build looked at.
    #[error("the routes and the scope policy differ")]
    Routes(#[from] TableMismatch),
}

/// What the handlers' `#[utoipa::path]` say about them. Who may call them is merged into a file of it by
/// `cargo scopes generate`.
pub fn document() -> OpenApi {
    api::routes().into_openapi()
}

/// The whole service: every handler guarded, every credential checked.
///
/// # Errors
///
/// When the registered routes are not those of the policy's table.
pub fn app(
    state: AppState,
) -> Result<
    impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static,
    TableMismatch,
> {
    let authenticate = AuthenticateLayer::new(Authenticator { database: state.database.clone() });
    // Inside, where the path that matched is known.
    let service = api::routes().layer(from_fn_with_state(state.clone(), usage::record)).with_state(state);
    let (guarded, _) = service.guarded::<Scope>()?;
    Ok(guarded.layer(authenticate))
}

/// Serves within limits until `shutdown` completes, then lets the requests under way finish.
///
/// # Errors
///
/// When [`app`] cannot be made.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let app = app(state)?;
    serving::serve(listener, app, limits, shutdown).await;
    Ok(())
}
