//! A service under a prefix.

use scopewright::axum::Router;

fn main() {
    let files = axum::routing::any(|| async { "file" });
    let _: Router = Router::new().nest_service("/files", files);
}
