use axum::{Router, routing::get};
mod public { pub async fn list() {} }
mod guarded { #[scopewright::requires_scope("read")] pub async fn list() {} }
use public::list;
#[scopewright::requires_scope("read")]
async fn show() {}
#[scopewright::requires_scope("read")]
async fn wrapped() { bare().await }
async fn bare() {}
fn app() -> Router {
    let show = || async { "not the function above" };
    Router::new().route("/list", get(list)).route("/show", get(show)).route("/bare", get(bare)).route("/guarded", get(guarded::list))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
