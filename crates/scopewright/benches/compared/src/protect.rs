//! protect-axum: an extractor of permissions and the attribute on the handler, as its documentation shows.

use axum::Router;
use axum::extract::{Path, Request};
use axum::response::Response;
use axum::routing::get;
use protect_axum::GrantsLayer;
use std::collections::HashSet;

async fn permissions(_: &mut Request) -> Result<HashSet<String>, Response> {
    Ok(HashSet::from(["read:cameras".to_owned(), "read:events".to_owned()]))
}

#[protect_axum::protect("read:cameras")]
async fn show_camera(Path(id): Path<u32>) -> String {
    id.to_string()
}

pub fn app() -> Router {
    Router::new()
        .route("/api/v1/cameras/{id}", get(show_camera))
        .layer(GrantsLayer::with_extractor(permissions))
}
