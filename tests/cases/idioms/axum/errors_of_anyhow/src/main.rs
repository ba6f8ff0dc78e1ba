//! Everything that fails is `anyhow`, and 500.

use anyhow::Context as _;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

struct AppError(anyhow::Error);

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("it went wrong: {}", self.0)).into_response()
    }
}

impl<E: Into<anyhow::Error>> From<E> for AppError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> Result<&'static str, AppError> {
    let _: u32 = "1".parse()?;
    Ok("cameras")
}

#[requires_scope("read:cameras")]
async fn broken() -> Result<String, AppError> {
    let text = std::fs::read_to_string("/does/not/exist").context("the list of cameras")?;
    Ok(text)
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
async fn main() -> anyhow::Result<()> {
    let app = Router::new()
        .route("/cameras", get(list_cameras))
        .route("/broken", get(broken))
        .guarded::<Scope>()
        .context("the table is not what is registered")?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.context("no port")?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await.context("the server stopped")
}
