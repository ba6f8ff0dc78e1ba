//! A module with routes of its own.

use super::page;
use axum::routing::get;

pub fn routes() -> axum::Router {
    let routes = axum::Router::new().route("/cameras", get(page));
    let routes = routes.route("/cameras", axum::routing::post(page));
    match routes.has_routes() {
        true => routes.route("/cameras/{id}", get(page).put(page).patch(page)),
        false => routes,
    }
}
