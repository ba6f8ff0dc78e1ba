//! The running service: router, listener, worker.

use std::convert::Infallible;

use axum::extract::Request;
use axum::middleware;
use axum::response::Response;
use example_groundwork::{Limits, serving};
use scopewright::axum::{AuthenticateLayer, TableMismatch};
use scopewright::mcp::ToolMismatch;
use tokio::net::TcpListener;
use tower_service::Service;

use crate::admin_ui::with_session_cookie;
use crate::api::McpServer;
use crate::credentials::Authenticator;
use crate::scopes::Scope;
use crate::state::AppState;
use crate::{api, jobs};

/// Why the service did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// What is registered is not what the build looked at.
    #[error("the routes and the scope policy differ")]
    Routes(#[from] TableMismatch),
    /// The MCP tools that are offered are not those the build looked at.
    #[error("the MCP tools and the scope policy differ")]
    Tools(#[from] ToolMismatch),
}

/// Every endpoint, guarded: what [`app`] compares with the policy's table and serves.
///
/// # Errors
///
/// When the MCP tools are not those of the policy's table.
pub fn routes(state: AppState) -> Result<scopewright::axum::Router, ToolMismatch> {
    let server = McpServer::new(state.clone())?;
    Ok(api::routes(server).with_state(state))
}

/// The whole service: every handler guarded, every credential checked.
///
/// # Errors
///
/// When the registered routes, or the MCP tools, are not those of the policy's table.
pub fn app(
    state: AppState,
) -> Result<
    impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static,
    ServeError,
> {
    let authenticate = AuthenticateLayer::new(Authenticator::new(&state));
    let router = routes(state)?.guarded::<Scope>()?;
    // The layer added last is asked first.
    Ok(router.layer(authenticate).layer(middleware::from_fn(with_session_cookie)))
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
    let app = app(state.clone())?;
    let worker = tokio::spawn(jobs::work(state));
    serving::serve(listener, app, limits, shutdown).await;
    // A job that is cut off here is queued again at the next start.
    worker.abort();
    Ok(())
}
