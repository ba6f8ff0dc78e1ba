//! One handler for many types: `list::<Camera>`, `create::<Zone, _>`.

use axum::extract::Path;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

trait Resource: Send + 'static {
    const NAME: &'static str;
}

struct Camera;
struct Zone;

impl Resource for Camera {
    const NAME: &'static str = "camera";
}

impl Resource for Zone {
    const NAME: &'static str = "zone";
}

#[requires_scope("read:cameras")]
async fn list<R: Resource>() -> String {
    format!("{}s", R::NAME)
}

#[requires_scope("write:cameras")]
async fn create<R>() -> &'static str
where
    R: Resource,
{
    R::NAME
}

#[requires_scope("read:cameras")]
async fn show<R: Resource, const PLURAL: bool>(Path(id): Path<u32>) -> String {
    format!("{} {id} {PLURAL}", R::NAME)
}

fn resource<R: Resource>() -> Router {
    Router::new()
        .route("/", get(list::<R>).post(create::<R>))
        .route("/{id}", get(show::<R, false>))
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
        .nest("/cameras", resource::<Camera>())
        .nest("/zones", resource::<Zone>())
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
