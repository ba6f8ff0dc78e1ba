//! What is only there in some builds.

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

#[cfg(debug_assertions)]
#[requires_scope("write:cameras")]
async fn debug() -> &'static str {
    "debug"
}

#[cfg(debug_assertions)]
fn debugging() -> Router {
    Router::new().route("/debug", get(debug))
}

#[cfg(not(debug_assertions))]
fn debugging() -> Router {
    Router::new()
}

#[cfg(windows)]
mod windows {
    #[scopewright::requires_scope("read:cameras")]
    pub async fn service_control() -> &'static str {
        "windows"
    }
}

fn app() -> Router {
    let router = Router::new().route("/cameras", get(list_cameras).post(add_camera)).merge(debugging());

    #[cfg(unix)]
    let router = router.route("/unix", get(list_cameras));

    #[cfg(windows)]
    let router = router.route("/windows", get(windows::service_control));

    if cfg!(target_os = "none") { router.route("/bare", get(list_cameras)) } else { router }
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
    let app = app().guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
