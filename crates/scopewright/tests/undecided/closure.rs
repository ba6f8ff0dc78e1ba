//! A closure, which has no place for an attribute.

use scopewright::axum::Router;
use scopewright::axum::routing::get;

fn main() {
    let _: Router = Router::new().route("/cameras", get(|| async { "[]" }));
}
