//! `Option<..>` and `Result<..>` of extractors.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{MatchedPath, Path, Query};
use axum::response::IntoResponse;
use serde::Deserialize;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Deserialize)]
struct Filter {
    limit: u8,
}

#[derive(Deserialize)]
struct NewCamera {
    name: String,
}

#[requires_scope("read:cameras")]
async fn list_cameras(id: Option<Path<u32>>, filter: Result<Query<Filter>, QueryRejection>, at: MatchedPath) -> String {
    let limit = filter.map_or(10, |Query(filter)| filter.limit);
    format!("{:?} {limit} {}", id.map(|Path(id)| id), at.as_str())
}

#[requires_scope("write:cameras")]
async fn add_camera(body: Option<Json<NewCamera>>) -> impl IntoResponse {
    body.map_or_else(|| "nameless".to_owned(), |Json(camera)| camera.name)
}

#[requires_scope("write:cameras")]
async fn replace(body: Result<Json<NewCamera>, JsonRejection>) -> Result<String, JsonRejection> {
    let Json(camera) = body?;
    Ok(camera.name)
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
        .route("/cameras", get(list_cameras).post(add_camera).put(replace))
        .route("/cameras/{id}", get(list_cameras))
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
