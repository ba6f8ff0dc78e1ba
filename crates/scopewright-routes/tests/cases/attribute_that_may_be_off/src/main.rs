use axum::{Router, routing::get};
#[cfg_attr(feature = "auth", scopewright::requires_scope("a"))]
async fn a() {}
#[cfg_attr(feature = "auth", scopewright::requires_scope(any("a", "b"), via = "x"), inline)]
async fn b() {}
fn app() -> Router { Router::new().route("/a", get(a)).route("/b", get(b)) }

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
