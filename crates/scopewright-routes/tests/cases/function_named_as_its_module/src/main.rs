mod routes;

use crate::routes::{health, home};
use axum::{Router, routing::get};

#[tokio::main]
async fn main() {
    let app = Router::new().route("/", get(home)).route("/health", get(health)).route("/more", get(routes::home::more));
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
