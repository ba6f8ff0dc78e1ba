//! Scopes that are combined, told by mode, deferred; a deprecated route; who may do what.

use scopewright::axum::who_am_i;
use scopewright::axum::routing::{delete, post};
use scopewright::scope_todo;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope(any("read:cameras", "write:cameras"))]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("read:cameras", "write:cameras")]
async fn swap() -> &'static str {
    "swapped"
}

#[requires_scope("write:cameras", via = "api_key")]
async fn add_camera() -> &'static str {
    "added"
}

#[scope_todo("API-42")]
async fn purge() -> &'static str {
    "purged"
}

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new()
        .route("/cameras", get(list_cameras).post(add_camera))
        .route("/swap", post(swap))
        .route("/purge", delete(purge))
        .route("/me", get(scopes::authenticated(who_am_i::<Scope>)))
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
