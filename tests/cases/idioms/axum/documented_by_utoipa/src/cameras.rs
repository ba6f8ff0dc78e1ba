use axum::extract::Path;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;

const TAG: &str = "cameras";

pub fn router() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show))
}

pub fn nested() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(recent)).routes(routes!(rename))
}

#[utoipa::path(get, path = "/cameras", tag = TAG, responses((status = OK, body = [String])))]
#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "[]"
}

#[requires_scope("write:cameras")]
#[utoipa::path(post, path = "/cameras", tag = TAG, request_body = String, responses((status = CREATED)))]
async fn create() -> &'static str {
    "created"
}

#[utoipa::path(get, path = "/cameras/{id}", params(("id" = u32, Path)), responses((status = 200)))]
#[requires_scope("read:cameras")]
async fn show(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[utoipa::path(get, path = "", operation_id = "recent", responses((status = 200)))]
#[requires_scope("read:cameras")]
async fn recent() -> &'static str {
    "recent"
}

#[utoipa::path(method(put, patch), path = "/{id}/name", params(("id" = u32, Path)), responses((status = 200)))]
#[requires_scope("write:cameras")]
async fn rename(Path(id): Path<u32>) -> String {
    id.to_string()
}
