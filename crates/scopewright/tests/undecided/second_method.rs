//! A bare handler for a second method of a path.

use scopewright::axum::Router;
use scopewright::axum::routing::MethodRouter;

async fn create_camera() {}

fn add(cameras: MethodRouter) -> Router {
    Router::new().route("/cameras", cameras.post(create_camera))
}

fn main() {
    let _ = add(MethodRouter::new());
}
