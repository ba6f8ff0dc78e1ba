//! What anybody may ask: whether the service is alive, and what it offers.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use scopewright::actix::get;
use scopewright::actix::web::ServiceConfig;
use scopewright::public;
use serde_json::json;

use crate::answer::Answer;

const DOCUMENT: &str = include_str!("../../openapi/videovector.yaml");

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(health).service(openapi_document);
}

#[public(reason = "health")]
#[get("/health")]
async fn health() -> HttpResponse {
    // Of the process alone: one that is restarted because its database is busy is no help.
    Answer::ok(&json!({ "status": "ok" })).into()
}

#[public(reason = "reference")]
#[get("/openapi.yaml")]
async fn openapi_document() -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "application/yaml")).body(DOCUMENT)
}
