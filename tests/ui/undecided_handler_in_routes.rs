//! A handler that says nothing, given to the `routes!` that takes only decided ones.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::axum::utoipa::OpenApiRouter;
use scopewright::axum::utoipa::routes;
use scopewright::requires_scope;

#[utoipa::path(get, path = "/cameras", responses((status = 200)))]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "[]"
}

#[utoipa::path(post, path = "/cameras", responses((status = 201)))]
async fn create_camera(name: String) -> String {
    name
}

fn router() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list_cameras, create_camera))
}

fn main() {}
