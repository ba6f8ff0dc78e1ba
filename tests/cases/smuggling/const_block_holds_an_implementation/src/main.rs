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

struct App;

trait Start {
    async fn start() -> std::io::Result<()>;
}

const _: () = {
    impl Start for App {
        async fn start() -> std::io::Result<()> {
            axum::serve(bound().await?, axum::Router::new().route("/secret", axum::routing::get(bare))).await
        }
    }
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?;
    App::start().await?;
    axum::serve(bound().await?, app).await?;
    Ok(())
}
