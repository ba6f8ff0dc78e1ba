use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    let is_limited = std::env::var("LIMITED").is_ok();
    if is_limited {
        axum::serve(listener, app.layer(tower_http::trace::TraceLayer::new_for_http())).await?;
        return Ok(());
    }
    axum::serve(listener, app).await?;
    Ok(())
}
