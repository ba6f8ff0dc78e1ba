//! What needs no credential: liveness, and the API's own description.

use axum::Json;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::public;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ApiResult;
use crate::reference::{self, DOCUMENT};
use crate::state::AppState;

/// That the service is alive.
#[derive(Serialize, ToSchema)]
struct Health {
    status: &'static str,
}

/// Scripts, styles and calls of the page's own only.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     img-src data:; base-uri 'none'; form-action 'none'";

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(get_health))
        .routes(routes!(get_document))
        .routes(routes!(show_reference))
        .routes(routes!(get_reference_script))
        .routes(routes!(get_reference_style))
}

/// Ask whether the service is alive.
#[utoipa::path(
    get,
    path = "/health",
    tag = "service",
    responses((status = 200, description = "What was asked for.", body = Health))
)]
#[public(reason = "health")]
async fn get_health() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Read this description.
#[utoipa::path(
    get,
    path = "/openapi.yaml",
    tag = "service",
    responses((status = 200, description = "What was asked for.", body = String, content_type = "application/yaml"))
)]
#[public(reason = "reference")]
async fn get_document() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/yaml")], DOCUMENT)
}

/// Read and try this description in a browser.
#[utoipa::path(
    get,
    path = "/reference",
    tag = "service",
    responses((status = 200, description = "What was asked for.", body = String, content_type = "text/html"))
)]
#[public(reason = "reference")]
async fn show_reference() -> ApiResult<impl IntoResponse> {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, PAGE_POLICY),
        // A key that is typed into the page stays in the page.
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, reference::page()?))
}

/// The script of the reference.
#[utoipa::path(
    get,
    path = "/reference/page.js",
    tag = "service",
    responses((status = 200, description = "What was asked for.", body = String, content_type = "text/javascript"))
)]
#[public(reason = "reference")]
async fn get_reference_script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], reference::SCRIPT)
}

/// The style of the reference.
#[utoipa::path(
    get,
    path = "/reference/page.css",
    tag = "service",
    responses((status = 200, description = "What was asked for.", body = String, content_type = "text/css"))
)]
#[public(reason = "reference")]
async fn get_reference_style() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], reference::STYLE)
}
