//! Lists of routers and of functions that make them, folded into one.

use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

mod cameras {
    use super::*;

    pub fn router() -> Router {
        Router::new().route("/cameras", get(list_cameras).post(add_camera))
    }
}

mod zones {
    use super::*;

    pub fn router() -> Router {
        Router::new().route("/zones", get(list_cameras))
    }
}

mod feeds {
    use super::*;

    pub fn router() -> Router {
        Router::new().route("/feeds", get(list_cameras))
    }
}

mod events {
    use super::*;

    pub fn router() -> Router {
        Router::new().route("/", get(list_cameras))
    }
}

const MORE: &[fn() -> Router] = &[feeds::router];
const NESTED: [(&str, fn() -> Router); 1] = [("/events", events::router)];

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

fn app() -> Router {
    let app = [cameras::router(), zones::router()].into_iter().fold(Router::new(), |app, module| app.merge(module));
    let app = MORE.iter().fold(app, |app, make| app.merge(make()));
    NESTED.iter().fold(app, |app, (prefix, make)| app.nest(prefix, make()))
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
