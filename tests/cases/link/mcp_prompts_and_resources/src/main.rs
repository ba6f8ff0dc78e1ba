use scopewright::axum::Router;
use scopewright::axum::routing::post;
use scopewright::requires_scope;

mod tools;

#[tokio::main]
async fn main() {
    let router = Router::new().route("/mcp", post(call));
    axum::serve(listener().await, router.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}

#[requires_scope("mcp:invoke")]
async fn call() {}
