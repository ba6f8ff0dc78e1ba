use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

async fn serve(app: axum::Router) {
    axum::serve(listener().await, app).await.unwrap();
}

#[tokio::main]
async fn main() {
    serve(axum::Router::new().route("/metrics", axum::routing::get(|| async { "up 1" }))).await;
    serve(axum::Router::new().route("/secret", axum::routing::get(|| async { "forgotten" }))).await;
    let app = Router::new().route("/cameras", get(list).post(create)).guarded::<scopes::Scope>().unwrap();
    axum::serve(listener().await, app).await.unwrap();
}
