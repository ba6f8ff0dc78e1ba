use scopewright::axum::Router;
use axum::routing::{get};
use scopewright::{public, requires_auth, requires_scope, scope_todo};

#[tokio::main]
async fn main() {
    let router = Router::new()
        .route("/cameras", get(list).post(create))
        .route("/version", get(|| async { "1" }));
    axum::serve(listener().await, router.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}
