pub mod cameras;
mod users;

use axum::Router;

pub fn router() -> Router {
    Router::new().nest("/api/v1", versioned()).merge(users::routes(Router::new()))
}

fn versioned() -> Router {
    cameras::routes()
}
