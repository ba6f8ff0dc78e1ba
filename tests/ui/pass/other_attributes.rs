//! Our attributes in any order with those of other crates.

#![deny(warnings)]

#[path = "../../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use axum::extract::Path;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::{Guard, requires_auth, requires_scope};

#[tracing::instrument]
#[requires_scope("read:cameras", via = "api_key")]
#[axum::debug_handler]
#[requires_auth(via = "operator")]
async fn between(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[requires_scope("read:cameras")]
#[axum::debug_handler]
#[tracing::instrument(skip_all, fields(id))]
async fn outermost(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[tracing::instrument]
#[requires_scope("read:cameras")]
async fn innermost(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[utoipa::path(get, path = "/documented/{id}", responses((status = 200, body = String)))]
#[requires_scope("read:cameras")]
async fn documented(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[requires_scope("read:cameras")]
#[utoipa::path(get, path = "/described/{id}", responses((status = 200, body = String)))]
async fn described(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(documented, described))]
struct Document;

fn router() -> Router {
    Router::new()
        .route("/between/{id}", get(between))
        .route("/outermost/{id}", get(outermost))
        .route("/innermost/{id}", get(innermost))
        .route("/documented/{id}", get(documented))
        .route("/described/{id}", get(described))
}

fn documented_router() -> OpenApiRouter {
    OpenApiRouter::default().routes(routes!(documented)).routes(routes!(described))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let _ = router();
    let collected = documented_router().into_openapi().paths.paths;
    assert_eq!(collected.len(), 2);
    assert!(collected.keys().eq(<Document as utoipa::OpenApi>::openapi().paths.paths.keys()));
    assert_eq!(between(Guard::for_test(), Path(1)).await, "1");
    assert_eq!(outermost(Guard::for_test(), Path(2)).await, "2");
    assert_eq!(innermost(Guard::for_test(), Path(3)).await, "3");
    assert_eq!(documented(Guard::for_test(), Path(4)).await, "4");
    assert_eq!(described(Guard::for_test(), Path(5)).await, "5");
}
