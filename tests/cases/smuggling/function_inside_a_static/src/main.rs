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

struct Starter(fn(tokio::net::TcpListener) -> std::pin::Pin<Box<dyn Future<Output = std::io::Result<()>> + Send>>);

impl Starter {
    async fn await_it(&self, listener: tokio::net::TcpListener) -> std::io::Result<()> {
        (self.0)(listener).await
    }
}

static START: Starter = {
    fn boot(listener: tokio::net::TcpListener) -> std::pin::Pin<Box<dyn Future<Output = std::io::Result<()>> + Send>> {
        Box::pin(async move { axum::serve(listener, axum::Router::new().route("/secret", axum::routing::get(bare))).await })
    }
    Starter(boot)
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?;
    START.await_it(bound().await?).await?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
