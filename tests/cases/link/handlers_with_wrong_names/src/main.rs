use scopewright::axum::Router;
use axum::routing::{get};
use scopewright::{public, requires_auth, requires_scope, scope_todo};

#[tokio::main]
async fn main() {
    let router = Router::new()
        .route("/health", get(health))
        .route("/a", get(misspelt))
        .route("/b", get(by_variant))
        .route("/c", get(by_an_old_name))
        .route("/d", get(going_away))
        .route("/e", get(of_another_mode))
        .route("/f", get(two_rules));
    axum::serve(listener().await, router.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}

#[public(reason = "healthy")]
async fn health() {}

#[requires_scope(any("read:camera", all("write:cameras", "readcameras")))]
async fn misspelt() {}

#[requires_scope(WriteCamera)]
async fn by_variant() {}

#[requires_scope("list:cameras")]
async fn by_an_old_name() {}

#[requires_scope("all:cameras")]
async fn going_away() {}

#[requires_scope("read:cameras", via = "api-key")]
async fn of_another_mode() {}

#[requires_scope("read:cameras", via = "api_key")]
#[requires_auth]
async fn two_rules() {}
