//! Chains of methods, filters of several, `any`, a method router in a function.

use axum::http::Method;
use scopewright::axum::MethodRouter;
use scopewright::axum::routing::{MethodFilter, any, delete, on, patch, put};
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

#[requires_scope("write:cameras")]
async fn change(method: Method) -> String {
    method.to_string()
}

fn zones() -> MethodRouter {
    get(list_cameras).post(add_camera).put(change).patch(change).delete(change)
}

fn camera() -> MethodRouter {
    MethodRouter::new().get(list_cameras).merge(put(change)).merge(patch(change))
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
    let app = Router::new()
        .route("/cameras", get(list_cameras).post(add_camera))
        .route("/zones", zones())
        .route("/cameras/{id}", camera().merge(delete(change)))
        .route("/bulk", on(MethodFilter::PUT.or(MethodFilter::PATCH), change).on(MethodFilter::GET, list_cameras))
        .route("/webhook", any(change))
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
