use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[scopewright::public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

#[scopewright::public(reason = "health")]
async fn nothing() -> http::StatusCode {
    http::StatusCode::NOT_FOUND
}

#[requires_scope("write:cameras")]
async fn admin() -> &'static str {
    "SECRET"
}

async fn serve(app: scopewright::axum::GuardedService) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let api = Router::new().route("/health", get(health)).route("/cameras", get(list_cameras)).fallback(nothing);
    let administration = Router::new().route("/health", get(health)).fallback(admin);
    let probe = Router::new().route("/health", get(health));
    let (api, administration, probe) =
        (api.guarded::<Scope>()?, administration.guarded::<Scope>()?, probe.guarded::<Scope>()?);
    let again = api.clone();
    tokio::try_join!(serve(api), serve(administration), serve(probe), serve(again))?;
    Ok(())
}
