//! Three servers of one policy: what they answer alike is one endpoint, and each has a fallback of its own.
use scopewright::axum::{Router, routing::get};
use scopewright::{public, requires_scope};

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

#[public(reason = "health")]
async fn health() {}

#[public(reason = "health")]
async fn not_found() {}

#[requires_scope("write:cameras")]
async fn anything() {}

#[tokio::main]
async fn main() {
    let api = Router::new().route("/health", get(health)).route("/cameras", get(list).post(create)).fallback(not_found);
    let admin = Router::new().route("/health", get(health)).fallback(anything);
    let probe = Router::new().route("/health", get(health));
    tokio::spawn(async { axum::serve(listener().await, admin.guarded::<scopes::Scope>().unwrap()).await });
    tokio::spawn(async { axum::serve(listener().await, probe.guarded::<scopes::Scope>().unwrap()).await });
    axum::serve(listener().await, api.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}
