//! The router is made by an `async fn` that may fail; the application is a value with methods.

use anyhow::{Context as _, Result};
use axum::extract::State;
use std::sync::Arc;
use tokio::net::TcpListener;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

type SharedState = Arc<AppState>;
type ApiRouter<S = SharedState> = Router<S>;

struct AppState {
    names: Vec<String>,
}

impl AppState {
    async fn connect(url: Option<&str>) -> Result<SharedState> {
        let names = url.context("no address")?.split(',').map(str::to_owned).collect();
        Ok(Arc::new(Self { names }))
    }
}

struct Server {
    state: SharedState,
    listener: TcpListener,
}

impl Server {
    async fn new() -> Result<Self> {
        Ok(Self { state: AppState::connect(Some("door,yard")).await?, listener: TcpListener::bind("127.0.0.1:0").await? })
    }

    fn cameras(&self) -> ApiRouter {
        Router::new().route("/cameras", get(list_cameras).post(add_camera))
    }

    async fn router(&self) -> Result<Router> {
        let zones = zones().await.context("zones")?;
        Ok(self.cameras().merge(zones).with_state(self.state.clone()))
    }

    async fn run(self) -> Result<()> {
        let app = self.router().await?.guarded::<Scope>()?.layer(keys());
        println!("LISTEN {}", self.listener.local_addr()?);
        axum::serve(self.listener, app).await?;
        Ok(())
    }
}

async fn zones() -> Result<ApiRouter> {
    tokio::task::yield_now().await;
    Ok(ApiRouter::new().route("/zones", get(list_cameras)))
}

#[requires_scope("read:cameras")]
async fn list_cameras(State(state): State<SharedState>) -> String {
    state.names.join(",")
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
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
async fn main() -> Result<()> {
    Server::new().await?.run().await
}
