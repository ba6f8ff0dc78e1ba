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
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?;

    let tls: Option<u16> = std::env::var("TLS").ok().and_then(|it| it.parse().ok());
    let listener = bound().await?;
    let serving: std::pin::Pin<Box<dyn Future<Output = std::io::Result<()>>>> = tls.map_or_else(
        || Box::pin(axum::serve(listener, axum::routing::get(bare)).into_future()) as _,
        |_| Box::pin(std::future::ready(Ok(()))) as _,
    );
    serving.await?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
