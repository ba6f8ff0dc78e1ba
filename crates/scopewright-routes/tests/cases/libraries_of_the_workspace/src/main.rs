mod start;

use axum::{Router, routing::get};
use scopewright::public;

#[public(reason = "health")]
async fn health() {}

#[tokio::main]
async fn main() {
    start::everything().await;
    let app = Router::new()
        .route("/health", get(health))
        .route(plain_paths::VERSION, get(api::version))
        .nest(plain_paths::API, api::router());
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
