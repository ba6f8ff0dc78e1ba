use axum::{Router, routing::get};

pub fn routes() -> Router {
    Router::new().route("/elsewhere", get(answer))
}

async fn answer() {}
