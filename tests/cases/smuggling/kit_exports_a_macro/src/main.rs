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

async fn api() -> Result<(), String> {
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>().map_err(|it| it.to_string())?;
    let listener = bound().await.map_err(|it| it.to_string())?;
    axum::serve(listener, app).await.map_err(|it| it.to_string())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::spawn(api());
    kit::start!(bound().await?);
    Ok(())
}
