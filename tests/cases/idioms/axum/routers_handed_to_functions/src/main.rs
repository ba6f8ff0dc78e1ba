//! Lists of routers, slices and callbacks are parameters of the functions that put the application together.

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

fn with_index(parts: Vec<Router>) -> Router {
    let mut app = Router::new().route("/", get(list_cameras));
    for part in parts {
        app = app.merge(part);
    }
    app
}

fn all_of(parts: impl IntoIterator<Item = (&'static str, Router)>) -> Router {
    let mut app = Router::new();
    for (prefix, part) in parts {
        app = app.nest(prefix, part);
    }
    app
}

fn copies(parts: &[Router]) -> Router {
    parts.iter().cloned().fold(Router::new(), |app, part| app.merge(part))
}

fn configured(app: Router, configure: impl FnOnce(Router) -> Router) -> Router {
    configure(app)
}

fn feeds(router: Router) -> Router {
    router.route("/feeds", get(list_cameras))
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
    let cameras = Router::new().route("/cameras", get(list_cameras).post(add_camera));
    let zones = Router::new().route("/zones", get(list_cameras));
    let app = with_index(vec![cameras.clone(), zones.clone()])
        .merge(all_of([("/v1", cameras), ("/v2", zones)]))
        .nest("/copies", copies(&[Router::new().route("/one", get(list_cameras))]));
    let app = configured(app, feeds);
    let app = configured(app, |router| router.route("/events", get(list_cameras)));
    let app = app.guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
