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

#[allow(dead_code)]
enum Mode {
    Guarded,
    Open,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut mode = Mode::Guarded;
    let mut other = Mode::Open;
    std::mem::swap(&mut mode, &mut other);
    match mode {
        Mode::Guarded => {}
        Mode::Open => axum::serve(bound().await?, axum::routing::get(bare)).await?,
    }
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
