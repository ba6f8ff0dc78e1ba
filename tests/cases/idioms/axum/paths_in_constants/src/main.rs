//! Paths are constants, put together with `concat!`, `format!` and associated constants.

use axum::extract::Path;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

mod paths {
    pub const API: &str = "/api/v1";
    pub const CAMERAS: &str = "/cameras";
    pub const CAMERA: &str = concat!("/cameras", "/{id}");
    pub const ZONES: &str = "/zones";
}

struct Routes;

impl Routes {
    const EVENTS: &'static str = "/events";
}

macro_rules! api {
    ($path:literal) => {
        concat!("/api/v2", $path)
    };
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[requires_scope("read:cameras")]
async fn show(Path(id): Path<u32>) -> String {
    id.to_string()
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
    let prefix = format!("{}/sites/{{site}}", paths::API);
    let app = Router::new()
        .route(paths::CAMERAS, get(list_cameras).post(add_camera))
        .route(paths::CAMERA, get(show))
        .route(Routes::EVENTS, get(list_cameras))
        .route(&format!("{}{}", paths::API, paths::ZONES), get(list_cameras))
        .route(&format!("{api}/cameras", api = paths::API), get(list_cameras))
        .route(api!("/cameras"), get(list_cameras))
        .route(&(paths::API.to_owned() + "/joined"), get(list_cameras))
        .nest(&prefix, Router::new().route(paths::CAMERAS, get(list_cameras)))
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
