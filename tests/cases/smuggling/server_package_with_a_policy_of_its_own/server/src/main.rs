#[allow(dead_code)]
async fn bare() -> &'static str {
    "SECRET"
}

async fn bound() -> std::io::Result<tokio::net::TcpListener> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    Ok(listener)
}

scopewright::include_scopes!();

#[scopewright::public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

#[allow(dead_code)]
fn own() -> Result<scopewright::axum::GuardedService, scopewright::axum::TableMismatch> {
    scopewright::axum::Router::new().route("/health", scopewright::axum::routing::get(health)).guarded::<scopes::Scope>()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = bound().await?;
    let api = api::app()?;
    tokio::spawn(async move { axum::serve(listener, api).await });

    let app = axum::Router::new().route("/secret", axum::routing::get(api::secret));
    axum::serve(bound().await?, app).await?;
    Ok(())
}
