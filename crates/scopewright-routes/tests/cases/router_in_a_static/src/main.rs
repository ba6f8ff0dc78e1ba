use axum::{Router, routing::get};
use std::sync::LazyLock;
async fn a() {}
static APP: LazyLock<Router> = LazyLock::new(|| Router::new().route("/a", get(a)));
static UNUSED: LazyLock<Router> = LazyLock::new(|| Router::new().route("/unused", get(a)));
#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), APP.clone()).await.unwrap();
}
