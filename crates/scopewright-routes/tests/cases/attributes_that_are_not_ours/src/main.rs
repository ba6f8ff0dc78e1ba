use axum::{Router, routing::get};
use other::requires_scope;
mod theirs { pub use other::requires_auth; }
use other::prelude::*;
#[requires_scope("a")]
async fn a() {}
#[theirs::requires_auth]
async fn b() {}
#[scope_todo("from a glob")]
async fn c() {}
#[nowhere::public(reason = "x")]
async fn d() {}
#[utoipa::path(get, path = "/wrong")]
async fn e() {}
fn app() -> Router {
    Router::new().route("/a", get(a)).route("/b", get(b)).route("/c", get(c)).route("/d", get(d)).route("/e", get(e))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
