//! A handler without parameters, and beside it a decided one.

use scopewright::axum::Router;
use scopewright::axum::routing::get;

async fn list_cameras() -> &'static str {
    "[]"
}

fn main() {
    let _: Router = Router::new().route("/cameras", get(list_cameras));
}
