//! A list of boxed modules, each with a name and a router.

use axum::extract::State;
use std::sync::Arc;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct AppState {
    names: Arc<[&'static str]>,
}

trait Module {
    fn name(&self) -> &'static str;
    fn router(&self) -> Router<AppState>;
}

struct Cameras;
struct Plugins;

impl Module for Cameras {
    fn name(&self) -> &'static str {
        "cameras"
    }
    fn router(&self) -> Router<AppState> {
        Router::new().route("/cameras", get(list_cameras).post(add_camera))
    }
}

impl Module for Plugins {
    fn name(&self) -> &'static str {
        "plugins"
    }
    fn router(&self) -> Router<AppState> {
        Router::new().route("/plugins", get(names))
    }
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[requires_scope("read:cameras")]
async fn names(State(state): State<AppState>) -> String {
    state.names.join(",")
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
    let modules: Vec<Box<dyn Module>> = vec![Box::new(Cameras), Box::new(Plugins)];
    let state = AppState { names: modules.iter().map(|module| module.name()).collect() };
    let mut router = Router::new();
    for module in &modules {
        router = router.merge(module.router());
    }
    let app = router.with_state(state).guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
