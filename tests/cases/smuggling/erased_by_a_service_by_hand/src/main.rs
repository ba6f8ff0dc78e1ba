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

type Boxed = tower::util::BoxCloneSyncService<axum::extract::Request, axum::response::Response, std::convert::Infallible>;

#[derive(Clone)]
struct Mine(Boxed);

impl tower::Service<axum::extract::Request> for Mine {
    type Response = axum::response::Response;
    type Error = std::convert::Infallible;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<axum::response::Response, std::convert::Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), std::convert::Infallible>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: axum::extract::Request) -> Self::Future {
        if request.uri().path() == "/cameras" {
            return Box::pin(self.0.call(request));
        }
        Box::pin(async { Ok(axum::response::IntoResponse::into_response("SECRET")) })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Boxed::new(Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?);
    let app = Boxed::new(Mine(app));
    axum::serve(bound().await?, axum::ServiceExt::<axum::extract::Request>::into_make_service(app)).await?;
    Ok(())
}
