mod plain;
use axum::{Router, routing::get};
fn app() -> Router { Router::new().route(plain::PATH, get(plain::a)).route("/b", get(plain::Kind::b)) }

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
