//! `service_fn` at a route and under a prefix, and an authenticator that is a type of its own.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use scopewright::axum::routing::{get, get_service, post_service};
use scopewright::axum::{Authenticate, AuthenticateLayer, Presented, Rejection, Router};
use scopewright::{Grant, requires_scope};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use tower::service_fn;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct Keys {
    known: Arc<HashMap<&'static str, Vec<&'static str>>>,
}

impl Authenticate for Keys {
    type Catalogue = Scope;

    async fn authenticate(&self, presented: Presented<'_, Scope>) -> Result<Grant<Scope>, Rejection> {
        let names = self.known.get(presented.secret()).ok_or(Rejection::Invalid)?;
        Ok(Grant::from_scopes(AuthMode::ApiKey, names).with_subject("somebody"))
    }
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

async fn echo(request: Request) -> Result<Response, Infallible> {
    Ok(Response::new(Body::from(request.uri().path().to_owned())))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = Keys {
        known: Arc::new(HashMap::from([
            ("reader", vec!["read:cameras"]),
            ("writer", vec!["write:cameras"]),
            ("nobody", vec![]),
        ])),
    };
    let app = Router::new()
        .route("/cameras", get(list_cameras).merge(post_service(scopes::requires(Scope::WriteCameras, service_fn(echo)))))
        .route("/echo", get_service(scopes::requires(Scope::ReadCameras, service_fn(echo))))
        .nest_service("/below", scopes::requires(Scope::WriteCameras, service_fn(|request: Request| echo(request))))
        .guarded::<Scope>()?
        .layer(AuthenticateLayer::new(keys));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
