//! Small handlers are closures, which capture what they need.

use axum::Json;
use axum::extract::Path;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, any_of, routing::{get, post}};
use scopewright::Grant;
use serde_json::json;
use std::sync::Arc;

scopewright::include_scopes!();
use scopes::{AuthMode, PublicReason, Scope, authenticated, public, requires};

fn app(version: &'static str) -> Router {
    let names = Arc::new(vec!["door".to_owned()]);
    let list = {
        let names = Arc::clone(&names);
        move || async move { Json(names.as_slice().to_vec()) }
    };
    Router::new()
        .route("/", get(public(PublicReason::Health, || async { "ok" })))
        .route("/version", get(public(PublicReason::Health, move || async move { Json(json!({ "version": version })) })))
        .route(
            "/cameras",
            get(requires(Scope::ReadCameras, list)).post(requires(Scope::WriteCameras, || async { "added" })),
        )
        .route("/cameras/{id}", get(requires(Scope::ReadCameras, |Path(id): Path<usize>| async move {
            names.get(id).cloned().ok_or(http::StatusCode::NOT_FOUND)
        })))
        .route("/me", get(authenticated::<_>(|| async { "you" })))
        .route("/either", post(requires(any_of([Scope::ReadCameras, Scope::WriteCameras]), async || "either")))
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
    let app = app(env!("CARGO_PKG_VERSION")).guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
