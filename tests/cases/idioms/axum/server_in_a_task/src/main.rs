//! The server is one of several tasks; the first that ends ends the others.

use axum::extract::State;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct AppState {
    jobs: mpsc::Sender<&'static str>,
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera(State(state): State<AppState>) -> Result<&'static str, http::StatusCode> {
    state.jobs.send("added").await.map_err(|_| http::StatusCode::SERVICE_UNAVAILABLE)?;
    Ok("added")
}

async fn work(mut jobs: mpsc::Receiver<&'static str>) {
    while jobs.recv().await.is_some() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (jobs, queue) = mpsc::channel(16);
    let app = Router::new()
        .route("/cameras", get(list_cameras).post(add_camera))
        .with_state(AppState { jobs })
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    let (_stop, stopped) = oneshot::channel::<()>();
    let mut tasks = JoinSet::new();
    tasks.spawn(work(queue));
    let server = tokio::spawn(async move {
        axum::serve(listener, app)
            .with_graceful_shutdown(async move {
                let _ = stopped.await;
            })
            .await
    });
    tokio::select! {
        ended = server => ended??,
        _ = tasks.join_next() => {}
    }
    Ok(())
}
