//! `NormalizePath` and a rewritten prefix, as layers of the service.

use axum::extract::Request;
use tower::util::MapRequestLayer;
use tower_http::normalize_path::NormalizePathLayer;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

fn without_proxy_prefix(mut request: Request) -> Request {
    let rest = request.uri().path_and_query().map(|it| it.as_str().to_owned());
    if let Some(uri) = rest.and_then(|it| it.strip_prefix("/proxied").and_then(|it| it.parse().ok())) {
        *request.uri_mut() = uri;
    }
    request
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
        .route("/cameras", get(list_cameras))
        .guarded::<Scope>()?
        .layer(keys())
        .layer(NormalizePathLayer::trim_trailing_slash())
        .layer(MapRequestLayer::new(without_proxy_prefix));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
