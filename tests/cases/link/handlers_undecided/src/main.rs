use scopewright::axum::Router;
use axum::routing::{get};
use scopewright::{public, requires_auth, requires_scope, scope_todo};

mod cameras;

#[tokio::main]
async fn main() {
    let router = Router::new()
        .route("/health", get(health))
        .route("/version", get(|| async { "1" }))
        .nest("/cameras", cameras::router());
    axum::serve(listener().await, router.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}

#[public(reason = "health")]
async fn health() {}
