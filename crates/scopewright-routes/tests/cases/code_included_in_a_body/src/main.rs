use axum::{Router, routing::get};
async fn a() {}
#[tokio::main]
async fn main() {
    include!("start.rs");
    axum::serve(listener().await, Router::new().route("/a", get(a))).await.unwrap();
}
