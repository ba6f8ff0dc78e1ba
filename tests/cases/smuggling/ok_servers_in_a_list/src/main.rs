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
    let mut servers = Vec::new();
    servers.extend([Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?]);
    let mut tasks = tokio::task::JoinSet::new();
    for app in servers {
        let listener = bound().await?;
        tasks.spawn(async move { axum::serve(listener, app).await });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}
