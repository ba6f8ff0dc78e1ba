//! A tower layer of the project's own, on a part and around the service.

use axum::extract::Request;
use axum::http::HeaderValue;
use axum::response::Response;
use futures_util::future::BoxFuture;
use std::task::{Context, Poll};
use tower::{Layer, Service};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[derive(Clone)]
struct StampLayer(&'static str);

impl<S> Layer<S> for StampLayer {
    type Service = Stamp<S>;

    fn layer(&self, inner: S) -> Stamp<S> {
        Stamp { inner, text: self.0 }
    }
}

#[derive(Clone)]
struct Stamp<S> {
    inner: S,
    text: &'static str,
}

impl<S> Service<Request> for Stamp<S>
where
    S: Service<Request, Response = Response> + Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response, S::Error>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (answer, text) = (self.inner.call(request), self.text);
        Box::pin(async move {
            let mut response = answer.await?;
            response.headers_mut().append("x-stamp", HeaderValue::from_static(text));
            Ok(response)
        })
    }
}

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let writing = Router::new().route("/cameras", scopewright::axum::routing::post(add_camera)).layer(StampLayer("part"));
    let app = Router::new()
        .route("/cameras", get(list_cameras))
        .merge(writing)
        .guarded::<Scope>()?
        .layer(keys())
        .layer(StampLayer("all"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
