//! Handlers that see a part of the state only.

use axum::extract::{FromRef, State};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};
use std::sync::Arc;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct Pool(Arc<Vec<&'static str>>);

#[derive(Clone)]
struct Templates {
    title: &'static str,
}

#[derive(Clone, FromRef)]
struct AppState {
    pool: Pool,
    templates: Templates,
}

#[requires_scope("read:cameras")]
async fn list_cameras(State(pool): State<Pool>) -> String {
    pool.0.join(",")
}

#[requires_scope("read:cameras")]
async fn page(State(templates): State<Templates>, State(pool): State<Pool>) -> axum::response::Html<String> {
    axum::response::Html(format!("<h1>{}</h1>{}", templates.title, pool.0.len()))
}

fn cameras<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Pool: FromRef<S>,
{
    Router::new().route("/cameras", get(list_cameras))
}

fn pages() -> Router<AppState> {
    Router::new().route("/page", get(page))
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
    let state = AppState { pool: Pool(Arc::new(vec!["door"])), templates: Templates { title: "Cameras" } };
    let app = Router::new().merge(cameras()).merge(pages()).with_state(state).guarded::<Scope>()?;
    let app = app.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
