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

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).merge_axum::<Scope>(axum::Router::new().route("/secret", axum::routing::get(bare))).guarded::<Scope>()?;
    axum::serve(bound().await?, app.layer(authenticate())).await?;
    Ok(())
}
