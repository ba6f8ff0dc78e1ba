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

struct Server {
    router: axum::Router,
}

impl Server {
    fn new() -> Self {
        Self { router: axum::Router::new() }
    }

    fn with(mut self, path: &str) -> Self {
        self.router = self.router.route(path, axum::routing::get(bare));
        self
    }

    async fn run(self, listener: tokio::net::TcpListener) -> std::io::Result<()> {
        axum::serve(listener, self.router).await
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::new().with("/secret");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    server.run(listener).await?;
    Ok(())
}
