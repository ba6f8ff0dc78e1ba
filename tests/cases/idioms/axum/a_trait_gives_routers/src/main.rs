//! Every module of the application is a type with a trait that says where it stands and what its routes are.

use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct AppState;

trait Controller {
    const PREFIX: &'static str;

    fn routes() -> Router<AppState>;

    fn mount(router: Router<AppState>) -> Router<AppState> {
        router.nest(Self::PREFIX, Self::routes())
    }
}

struct Cameras;

impl Controller for Cameras {
    const PREFIX: &'static str = "/cameras";

    fn routes() -> Router<AppState> {
        Router::new().route("/", get(list_cameras).post(add_camera))
    }
}

struct Zones;

impl Controller for Zones {
    const PREFIX: &'static str = "/zones";

    fn routes() -> Router<AppState> {
        Router::new().route("/{id}", get(list_cameras))
    }
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
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
    let mut router = Router::new();
    router = Cameras::mount(router);
    router = Zones::mount(router);
    let app = router.with_state(AppState).guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
