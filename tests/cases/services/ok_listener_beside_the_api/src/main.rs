use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

mod metrics {
    pub async fn serve() -> std::io::Result<()> {
        let app = axum::Router::new().route("/metrics", axum::routing::get(|| async { "up 1" }));
        axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::spawn(metrics::serve());
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
