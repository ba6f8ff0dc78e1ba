use scopewright::axum::Router;
use axum::routing::{get};
use scopewright::{public, requires_auth, requires_scope, scope_todo};

#[tokio::main]
async fn main() {
    let router = Router::new()
        .route("/cameras", get(list).post(create));
    axum::serve(listener().await, router.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

#[requires_scope("write:cameras")]
async fn remove() {}
