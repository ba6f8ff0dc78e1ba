//! Tenants and sites are prefixes with parameters; handlers below see all of them.

use axum::extract::Path;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};
use serde::Deserialize;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Deserialize)]
struct Below {
    tenant: String,
    site: u32,
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("read:cameras")]
async fn of_site(Path(Below { tenant, site }): Path<Below>) -> String {
    format!("{tenant}/{site}")
}

#[requires_scope("write:cameras")]
async fn rename(Path((tenant, site, camera)): Path<(String, u32, String)>) -> String {
    format!("{tenant}/{site}/{camera}")
}

#[requires_scope("read:cameras")]
async fn recordings(Path((_, _, rest)): Path<(String, u32, String)>) -> String {
    rest
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
    let site = Router::new()
        .route("/cameras", get(of_site))
        .route("/cameras/{camera}", scopewright::axum::routing::put(rename))
        .route("/recordings/{*path}", get(recordings));
    let tenant = Router::new().nest("/sites/{site}", site);
    let app = Router::new()
        .route("/cameras", get(list_cameras))
        .nest("/tenants/{tenant}", tenant)
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
