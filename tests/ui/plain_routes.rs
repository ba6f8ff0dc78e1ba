//! What utoipa-axum's own `routes!` collected, given to the router that takes only decided handlers.

#[path = "../../crates/scopewright-emit/tests/golden/rust/cameras.rs"]
pub mod scopes;

use scopewright::axum::utoipa::OpenApiRouter;
use scopewright::requires_scope;
use utoipa_axum::routes;

#[utoipa::path(get, path = "/cameras", responses((status = 200)))]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "[]"
}

fn router() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list_cameras))
}

fn main() {}
