use axum::{Router, routing::get};

pub fn routes() -> Router {
    Router::new().route("/never", get(answer))
}

async fn answer() {}
