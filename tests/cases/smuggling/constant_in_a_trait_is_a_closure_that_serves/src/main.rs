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

trait Job {
    const START: fn(tokio::net::TcpListener) -> tokio::task::JoinHandle<std::io::Result<()>>;
}

struct Admin;

impl Job for Admin {
    const START: fn(tokio::net::TcpListener) -> tokio::task::JoinHandle<std::io::Result<()>> =
        |listener| tokio::spawn(async move { axum::serve(listener, axum::routing::get(bare)).await });
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?;

    (<Admin as Job>::START)(bound().await?);
    axum::serve(bound().await?, app).await?;
    Ok(())
}
