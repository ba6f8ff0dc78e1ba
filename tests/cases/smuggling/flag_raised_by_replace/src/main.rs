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
    let mut is_open = false;
    let _ = std::mem::replace(&mut is_open, std::env::args().count() > 0);
    if is_open {
        axum::serve(bound().await?, axum::routing::get(bare)).await?;
    }
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
