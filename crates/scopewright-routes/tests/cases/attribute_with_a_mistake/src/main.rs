use axum::{Router, routing::get};
use scopewright::{public, requires_scope};
#[requires_scope()]
async fn a() {}
#[requires_scope("a", any())]
#[public(reason = "x")]
async fn b() {}
/// Documented.
#[requires_scope(
    "read:a",
    any("b", 3),
)]
async fn c() {}
fn app() -> Router { Router::new().route("/a", get(a)).route("/b", get(b)).route("/c", get(c)) }

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
