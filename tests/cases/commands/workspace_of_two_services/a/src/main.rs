use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;

#[tokio::main]
async fn main() {
    let router = Router::new().route("/cameras", get(list).post(create));
    axum::serve(listener().await, router.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}
