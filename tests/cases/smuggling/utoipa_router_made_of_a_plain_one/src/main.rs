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

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let plain = axum::Router::new().route("/secret", axum::routing::get(bare));
    let router = scopewright::axum::utoipa::OpenApiRouter::from(plain);
    let (app, _) = router.split_for_parts::<Scope>()?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
