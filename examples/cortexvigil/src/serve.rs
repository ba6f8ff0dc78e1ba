//! The running service: router, listener, worker.

use std::io;

use axum::Router;
use tokio::net::TcpListener;

use crate::state::AppState;
use crate::{api, jobs};

/// The whole service as a router.
pub fn app(state: AppState) -> Router {
    api::routes().with_state(state)
}

/// Serves until `shutdown` completes, then lets the requests under way finish.
///
/// # Errors
///
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let worker = tokio::spawn(jobs::work(state.clone()));
    let served = axum::serve(listener, app(state)).with_graceful_shutdown(shutdown).await;
    // A job that is cut off here is queued again at the next start.
    worker.abort();
    served
}
