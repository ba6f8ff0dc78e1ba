use axum::Router;
use axum::routing::get;
use scopewright::requires_scope;

#[tokio::main]
async fn main() {
    axum::serve(listener().await, Router::new().route("/cameras", get(list).post(create))).await.unwrap();
}

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}
