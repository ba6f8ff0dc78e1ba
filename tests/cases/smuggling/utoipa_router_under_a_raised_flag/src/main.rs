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

#[utoipa::path(get, path = "/secret")]
async fn secret() -> &'static str {
    "SECRET"
}

fn debug() -> utoipa_axum::router::OpenApiRouter {
    utoipa_axum::router::OpenApiRouter::new().routes(utoipa_axum::routes!(secret))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).merge_axum::<Scope>(debug().into()).guarded::<Scope>()?;
    let listener = bound().await?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    let mut is_open = false;
    is_open |= std::env::args().count() > 0;
    if is_open {
        axum::serve(bound().await?, axum::Router::from(debug())).await?;
    }
    Ok(())
}
