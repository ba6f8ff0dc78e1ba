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

fn more(part: &mut axum::Router) {
    *part = std::mem::take(part).route("/secret", axum::routing::get(bare));
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut part = axum::Router::new();
    more(&mut part);
    let app = Router::new().route("/cameras", get(list_cameras)).merge_axum::<Scope>(part).guarded::<Scope>()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
