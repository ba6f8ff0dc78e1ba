//! `debug_handler`, `instrument`, lints and docs above the handlers; futures that are no `async fn`.

use axum::extract::Path;
use axum::response::IntoResponse;
use std::future::Future;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

/// All cameras.
#[requires_scope("read:cameras")]
#[axum::debug_handler]
async fn list_cameras() -> impl IntoResponse {
    "cameras"
}

#[requires_scope("write:cameras")]
#[axum::debug_handler]
#[allow(clippy::unused_async)]
pub(crate) async fn add_camera() -> impl IntoResponse {
    (http::StatusCode::CREATED, "added")
}

#[requires_scope("read:cameras")]
#[inline]
fn show(Path(id): Path<u32>) -> impl Future<Output = String> + Send {
    let text = id.to_string();
    async move { text }
}

#[deprecated = "ask for /cameras"]
#[requires_scope("read:cameras")]
async fn old() -> axum::response::Redirect {
    axum::response::Redirect::permanent("/cameras")
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
    #[allow(deprecated)]
    let legacy = Router::new().route("/cams", get(old));
    let app = Router::new()
        .route("/cameras", get(list_cameras).post(add_camera))
        .route("/cameras/{id}", get(show))
        .merge(legacy)
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
