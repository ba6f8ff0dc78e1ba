use axum::{Router, routing::get};

pub fn routes() -> Router {
    Router::new().route("/fast", get(answer))
}

async fn answer() {}
