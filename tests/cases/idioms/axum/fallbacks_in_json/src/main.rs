//! Whatever is not there, or not with this method, is answered in the API's own form.

use axum::Json;
use axum::http::{Method, StatusCode, Uri};
use axum::response::IntoResponse;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, public, requires_scope};
use serde_json::json;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list_cameras() -> Json<serde_json::Value> {
    Json(json!({ "cameras": [] }))
}

#[public(reason = "health")]
async fn not_found(method: Method, uri: Uri) -> impl IntoResponse {
    (StatusCode::NOT_FOUND, Json(json!({ "error": format!("no route for {method} {uri}") })))
}

#[public(reason = "health")]
async fn method_not_allowed() -> (StatusCode, Json<serde_json::Value>) {
    (StatusCode::METHOD_NOT_ALLOWED, Json(json!({ "error": "method not allowed" })))
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
    let api = Router::new()
        .route("/status", get(list_cameras))
        .fallback(not_found);
    let app = Router::new()
        .route("/cameras", get(list_cameras))
        .nest("/api", api)
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
