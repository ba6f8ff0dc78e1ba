//! A table of paths and method routers, registered in a loop; old paths kept beside new ones.

use scopewright::axum::MethodRouter;
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

const OLD_PATHS: &[&str] = &["/camera-list", "/list_cameras"];

fn table() -> Vec<(&'static str, MethodRouter)> {
    vec![
        ("/cameras", get(list_cameras).post(add_camera)),
        ("/zones", get(list_cameras)),
    ]
}

fn app() -> Router {
    let mut router = Router::new();
    for (path, methods) in table() {
        router = router.route(path, methods);
    }
    for path in OLD_PATHS {
        router = router.route(path, get(list_cameras));
    }
    for (path, handler) in [("/feeds", get(list_cameras)), ("/feeds/new", get(add_camera))] {
        router = router.route(path, handler);
    }
    ["/one", "/two"].into_iter().fold(router, |router, path| router.route(path, get(list_cameras)))
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
