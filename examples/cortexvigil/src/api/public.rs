//! What anybody may ask: whether the service is alive, and what it offers.

use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::public;
use serde_json::{Value, json};

use crate::state::AppState;

const DOCUMENT: &str = include_str!("../../../../openapi/cortexvigil.yaml");

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get(health)).route("/openapi.yaml", get(openapi_document))
}

#[public(reason = "health")]
async fn health() -> Json<Value> {
    // Of the process alone: one that is restarted because its database is busy is no help.
    Json(json!({ "status": "ok" }))
}

#[public(reason = "reference")]
async fn openapi_document() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/yaml")], DOCUMENT)
}
