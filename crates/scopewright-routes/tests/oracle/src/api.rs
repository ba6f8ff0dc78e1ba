//! Handlers and what is generic over them.

pub mod cameras;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, head};

pub async fn page() -> &'static str {
    "page"
}

pub async fn missing() -> StatusCode {
    StatusCode::NOT_FOUND
}

pub trait Resource {
    const PATH: &'static str;
    fn routes() -> Router;
}

pub struct Users;
pub struct Teams;

impl Resource for Users {
    const PATH: &'static str = "/users";
    fn routes() -> Router {
        Router::new().route("/", get(Self::list)).route("/{id}", get(page).delete(page))
    }
}

impl Users {
    async fn list() -> &'static str {
        "users"
    }
}

impl Resource for Teams {
    const PATH: &'static str = "/teams";
    fn routes() -> Router {
        Router::new().route("/{team}/members/{id}", head(page).connect(page))
    }
}

pub fn more<R: Resource>() -> Router {
    Router::new().nest(R::PATH, R::routes())
}
