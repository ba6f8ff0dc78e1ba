use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

struct Nothing;

impl scopewright::require::Require for Nothing {
    const OPERATION: scopewright::Operation<'static> = scopewright::Operation::uniform(scopewright::Decision::Public);
}

async fn secret(_: scopes::Guard<Nothing>) -> &'static str {
    "SECRET"
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).route("/secret", get(secret)).guarded::<Scope>()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
