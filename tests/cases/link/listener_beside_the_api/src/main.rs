use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

mod metrics;

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

#[tokio::main]
async fn main() {
    tokio::spawn(metrics::serve());
    let app = Router::new().route("/cameras", get(list).post(create)).guarded::<scopes::Scope>().unwrap();
    axum::serve(listener().await, app).await.unwrap();
}
