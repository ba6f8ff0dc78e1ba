//! One state, cloned into every handler.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::Json;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::{delete, get}};
use scopewright::{Grant, public, requires_scope};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone, Default)]
struct AppState {
    cameras: Arc<RwLock<BTreeMap<u64, Camera>>>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Camera {
    name: String,
}

#[requires_scope("read:cameras")]
async fn list_cameras(State(state): State<AppState>) -> Json<Vec<Camera>> {
    Json(state.cameras.read().unwrap().values().cloned().collect())
}

#[requires_scope("write:cameras")]
async fn create_camera(State(state): State<AppState>, Json(camera): Json<Camera>) -> (StatusCode, Json<Camera>) {
    let mut cameras = state.cameras.write().unwrap();
    let id = cameras.len() as u64;
    cameras.insert(id, camera.clone());
    (StatusCode::CREATED, Json(camera))
}

#[requires_scope("write:cameras")]
async fn delete_camera(State(state): State<AppState>, Path(id): Path<u64>) -> StatusCode {
    match state.cameras.write().unwrap().remove(&id) {
        Some(_) => StatusCode::NO_CONTENT,
        None => StatusCode::NOT_FOUND,
    }
}

#[public(reason = "health")]
async fn health() -> StatusCode {
    StatusCode::OK
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
    let app = Router::new()
        .route("/health", get(health))
        .route("/cameras", get(list_cameras).post(create_camera))
        .route("/cameras/{id}", delete(delete_camera))
        .with_state(AppState::default())
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
