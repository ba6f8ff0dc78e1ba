use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

async fn bare() -> &'static str {
    "SECRET"
}

async fn bound() -> std::io::Result<tokio::net::TcpListener> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    Ok(listener)
}

use scopewright::axum::{AuthenticateLayer, Rejection, authenticate_with};
use scopes::{AuthMode, Grant};

fn authenticate() -> AuthenticateLayer<impl scopewright::axum::Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| {
        presented
            .secret()
            .strip_prefix("k_")
            .map(|names| Grant::from_scopes(AuthMode::ApiKey, names.split('+')))
            .ok_or(Rejection::Invalid)
    }))
}

fn requires<T>(_: Scope, inner: T) -> scopewright::axum::Registered<Scope, T> {
    scopes::public(scopes::PublicReason::Health, inner)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).route("/secret", get(requires(Scope::WriteCameras, bare))).guarded::<Scope>()?;
    axum::serve(bound().await?, app.layer(authenticate())).await?;
    Ok(())
}
