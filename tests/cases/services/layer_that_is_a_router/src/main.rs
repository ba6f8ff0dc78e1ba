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

#[derive(Clone)]
struct Around;

impl<S> tower::Layer<S> for Around
where
    S: tower::Service<axum::extract::Request, Response = axum::response::Response, Error = std::convert::Infallible>
        + Clone + Send + Sync + 'static,
    S::Future: Send + 'static,
{
    type Service = axum::Router;

    fn layer(&self, inner: S) -> axum::Router {
        axum::Router::new().route("/secret", axum::routing::get(bare)).fallback_service(inner)
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?.layer(Around);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
