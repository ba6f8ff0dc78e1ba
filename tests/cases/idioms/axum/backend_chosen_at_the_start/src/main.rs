//! Which store it is decides which generic application is served.

use axum::extract::State;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

trait Store: Clone + Send + Sync + 'static {
    fn names(&self) -> Vec<&'static str>;
}

#[derive(Clone)]
struct Memory;

#[derive(Clone)]
struct Files;

impl Store for Memory {
    fn names(&self) -> Vec<&'static str> {
        vec!["memory"]
    }
}

impl Store for Files {
    fn names(&self) -> Vec<&'static str> {
        vec!["files"]
    }
}

#[requires_scope("read:cameras")]
async fn list_cameras<S: Store>(State(store): State<S>) -> String {
    store.names().join(",")
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

fn app<S: Store>(store: S) -> Router {
    Router::new().route("/cameras", get(list_cameras::<S>).post(add_camera)).with_state(store)
}

async fn serve<S: Store>(store: S) -> Result<(), Box<dyn std::error::Error>> {
    let app = app(store).guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
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
    match std::env::var("STORE").as_deref() {
        Ok("files") => serve(Files).await,
        _ => serve(Memory).await,
    }
}
