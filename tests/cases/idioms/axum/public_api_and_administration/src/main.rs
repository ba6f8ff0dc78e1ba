//! Two servers in one process, with states of their own, stopped by one signal.

use axum::extract::State;
use scopewright::axum::routing::delete;
use scopewright::public;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct Api {
    site: Arc<str>,
}

#[derive(Clone)]
struct Admin {
    stop: watch::Sender<bool>,
}

#[requires_scope("read:cameras")]
async fn list_cameras(State(api): State<Api>) -> String {
    api.site.to_string()
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

#[requires_scope("write:cameras")]
async fn purge() -> &'static str {
    "SECRET"
}

#[requires_scope("write:cameras")]
async fn stop(State(admin): State<Admin>) -> &'static str {
    let _ = admin.stop.send(true);
    "stopping"
}

fn api(state: Api) -> Router {
    Router::new().route("/health", get(health)).route("/cameras", get(list_cameras)).with_state(state)
}

fn administration(state: Admin) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/cameras", delete(purge))
        .route("/stop", get(stop))
        .with_state(state)
}

async fn until(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
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
    let (stop, stopped) = watch::channel(false);
    let api = api(Api { site: "local".into() }).guarded::<Scope>()?.layer(keys());
    let administration = administration(Admin { stop }).guarded::<Scope>()?.layer(keys());
    let (public, private) = (TcpListener::bind("127.0.0.1:0").await?, TcpListener::bind("127.0.0.1:0").await?);
    println!("LISTEN {}\nLISTEN {}", public.local_addr()?, private.local_addr()?);
    let serve_api = axum::serve(public, api).with_graceful_shutdown(until(stopped.clone()));
    let serve_administration = axum::serve(private, administration).with_graceful_shutdown(until(stopped));
    tokio::try_join!(serve_api.into_future(), serve_administration.into_future())?;
    Ok(())
}
