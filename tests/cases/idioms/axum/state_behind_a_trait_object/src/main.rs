//! The store is an `Arc<dyn ..>`; handlers don't know which.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};
use std::sync::Arc;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[async_trait::async_trait]
trait CameraStore: Send + Sync {
    async fn names(&self) -> Vec<String>;
    async fn get(&self, id: u32) -> Option<String>;
}

struct Fixed(&'static [&'static str]);

#[async_trait::async_trait]
impl CameraStore for Fixed {
    async fn names(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }
    async fn get(&self, id: u32) -> Option<String> {
        self.0.get(id as usize).map(ToString::to_string)
    }
}

type DynStore = Arc<dyn CameraStore>;

#[requires_scope("read:cameras")]
async fn list_cameras(State(store): State<DynStore>) -> impl IntoResponse {
    axum::Json(store.names().await)
}

#[requires_scope("read:cameras")]
async fn get_camera(State(store): State<DynStore>, Path(id): Path<u32>) -> Response {
    match store.get(id).await {
        Some(name) => name.into_response(),
        None => http::StatusCode::NOT_FOUND.into_response(),
    }
}

fn app(store: DynStore) -> Router {
    Router::new()
        .route("/cameras", get(list_cameras))
        .route("/cameras/{id}", get(get_camera))
        .with_state(store)
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
    let store: DynStore = Arc::new(Fixed(&["door", "yard"]));
    let app = app(store).guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
