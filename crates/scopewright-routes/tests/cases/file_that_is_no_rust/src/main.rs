mod broken;
use axum::{Router, routing::get};
fn app() -> Router { Router::new().route("/a", get(broken::a)).merge(broken::router()) }

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
