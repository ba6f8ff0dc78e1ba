//! A fallback that could do the work of any route.

use scopewright::axum::Router;

async fn anything() {}

fn main() {
    let _: Router = Router::new().fallback(anything);
}
