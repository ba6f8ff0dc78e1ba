//! A library that other services use too.

mod cameras;

use axum::{Router, routing::get};

pub fn router() -> Router {
    Router::new().route("/cameras", get(cameras::list).post(cameras::create)).merge(zones())
}

fn zones() -> Router {
    Router::new().route("/zones", get(|| async {}))
}

/// Mounted by another service.
pub fn internal() -> Router {
    Router::new().route("/internal", get(cameras::internal)).route(&std::env::var("X").unwrap(), get(version))
}

/// Called by another service.
pub async fn serve_internal() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), internal()).await.unwrap();
}

pub async fn version() {}
