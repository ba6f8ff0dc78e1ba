use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

#[tokio::main]
async fn main() {
    let api = Router::new().route("/cameras", get(list));
    let admin = Router::new().route("/cameras", get(create));
    tokio::spawn(async { axum::serve(listener().await, admin.guarded::<scopes::Scope>().unwrap()).await });
    axum::serve(listener().await, api.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}
