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
    let inner = axum::Router::new().route("/x/secret", axum::routing::get(bare)).route("/x/{*tail}", axum::routing::get(|| async { "LISTED" }));
    let app = Router::new().route("/cameras", get(list_cameras)).merge_axum::<Scope>(inner.layer(tower::util::MapRequestLayer::new(|mut request: axum::extract::Request| {
        *request.uri_mut() = http::Uri::from_static("/x/secret");
        request
    }))).guarded::<Scope>()?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
