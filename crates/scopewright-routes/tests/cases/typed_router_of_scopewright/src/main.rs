use scopewright::axum::routing::{get, post};
use scopewright::axum::{Router, requires};
use scopewright::{public, requires_scope};

scopewright::include_scopes!();
use scopes::{PublicReason, Scope};

#[requires_scope("read:cameras", any("write:cameras", "admin"))]
async fn list() {}

#[scopewright::requires_scope(any(ReadCameras, all("write:cameras", "read:events")), via = "api_key")]
#[scopewright::requires_auth(via = "operator")]
async fn show() {}

#[public(reason = "health")]
async fn health() {}

#[tokio::main]
async fn main() {
    let app: Router = Router::new()
        .route("/cameras", get(list))
        .route("/cameras/{id}", get(show))
        .route("/health", get(health))
        .route("/metrics", get(scopes::public(PublicReason::Metrics, metrics)))
        .route("/version", get(crate::scopes::authenticated(|| async { "1" })))
        .route("/export", post(requires([Scope::ReadCameras, Scope::ReadEvents], export)))
        .route("/import", post(requires(scopewright::axum::any_of([Scope::WriteCameras, Scope::Admin]), import)))
        .route("/later", get(scopes::scope_todo("CV-12", later)))
        .nest_service("/assets", scopes::public(PublicReason::Assets, tower_http::services::ServeDir::new("assets")))
        .fallback(scopes::public(PublicReason::NotFound, not_found));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    axum::serve(listener, app.guarded::<Scope>().unwrap()).await.unwrap();
}

async fn metrics() {}
async fn export() {}
async fn import() {}
async fn later() {}
async fn not_found() {}
