//! A handler whose first parameter is no guard.

use axum::extract::{Path, State};
use scopewright::axum::Router;
use scopewright::axum::routing::get;

async fn show_camera(State(()): State<()>, Path(id): Path<u32>) -> String {
    id.to_string()
}

fn main() {
    let _: Router = Router::new().route("/cameras/{id}", get(show_camera));
}
