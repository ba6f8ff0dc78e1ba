use axum::{Router, routing::get};

pub fn routes() -> Router {
    Router::new().route("/sys_unix", get(answer))
}

async fn answer() {}
