use scopewright::axum::Router;
use axum::routing::{get};
use scopewright::{public, requires_auth, requires_scope, scope_todo};

#[tokio::main]
async fn main() {
    let router = Router::new()
        .route("/cameras", get(list).post(create));
    let router = if std::env::var_os("FAST").is_some() {
        router.route("/zones", get(fast))
    } else {
        router.route("/zones", get(slow))
    };
    let router = if std::env::var_os("OPEN").is_some() {
        router.route("/sites", get(list))
    } else {
        router.route("/sites", get(create))
    };
    axum::serve(listener().await, router.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

#[requires_scope("read:cameras")]
async fn fast() {}

#[requires_scope("read:cameras")]
async fn slow() {}
