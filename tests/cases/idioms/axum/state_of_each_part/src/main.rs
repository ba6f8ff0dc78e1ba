//! Parts have a state of their own and are put together as `Router<()>`; one has a layer with an `Extension`.

use axum::Extension;
use axum::extract::State;
use std::sync::Arc;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct Cameras(Arc<Vec<&'static str>>);

#[derive(Clone)]
struct Zones {
    count: usize,
}

struct Pool;

#[requires_scope("read:cameras")]
async fn list_cameras(State(Cameras(names)): State<Cameras>, Extension(_pool): Extension<Arc<Pool>>) -> String {
    names.join(",")
}

#[requires_scope("read:cameras")]
async fn count(State(zones): State<Arc<Zones>>) -> String {
    zones.count.to_string()
}

fn cameras(names: Vec<&'static str>) -> Router {
    Router::new().route("/cameras", get(list_cameras)).with_state(Cameras(Arc::new(names)))
}

fn zones<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::<Arc<Zones>>::new().route("/count", get(count)).with_state(Arc::new(Zones { count: 3 }))
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
    let app = cameras(vec!["door"])
        .nest("/zones", zones())
        .layer(Extension(Arc::new(Pool)))
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
