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

struct Mine;

impl<S: Sync> axum::extract::FromRequestParts<S> for Mine {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(_: &mut http::request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self)
    }
}

async fn secret(_: Mine) -> &'static str {
    "SECRET"
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).route("/secret", get(secret)).guarded::<Scope>()?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
