//! What anybody may ask: whether the service is alive, and what it offers.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Data;
use scopewright::actix::get;
use scopewright::actix::web::ServiceConfig;
use scopewright::public;
use serde_json::json;

use crate::answer::Answer;
use crate::error::{ApiError, ApiResult};
use crate::state::AppState;

const DOCUMENT: &str = include_str!("../../openapi/videovector.yaml");

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(health).service(openapi_document);
}

#[public(reason = "health")]
#[get("/health")]
async fn health(state: Data<AppState>) -> ApiResult<HttpResponse> {
    let alive = state
        .database
        .read(|connection| -> Result<(), ApiError> { Ok(connection.query_row("SELECT 1", [], |_| Ok(()))?) });
    alive.await?;
    Ok(Answer::ok(&json!({ "status": "ok" })).into())
}

#[public(reason = "reference")]
#[get("/openapi.yaml")]
async fn openapi_document() -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/yaml")).body(DOCUMENT)
}
