use axum::{Router, routing::get};

pub fn routes() -> Router {
    Router::new().route("/nested", get(answer))
}

async fn answer() {}
