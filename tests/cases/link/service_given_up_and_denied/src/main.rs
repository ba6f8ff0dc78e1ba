use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/cameras", get(list).post(create)).guarded::<scopes::Scope>().unwrap();
    axum::serve(listener().await, app.into_axum_unguarded("a layer that wants a router")).await.unwrap();
}
