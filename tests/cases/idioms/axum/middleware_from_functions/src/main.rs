//! `from_fn`, `from_fn_with_state`, on routes, on routers and on one method.

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::{self, Next};
use axum::response::Response;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::{get, post}};
use scopewright::{Grant, public, requires_scope};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone, Default)]
struct AppState {
    seen: Arc<AtomicU64>,
}

async fn count(State(state): State<AppState>, request: Request, next: Next) -> Response {
    state.seen.fetch_add(1, Ordering::Relaxed);
    next.run(request).await
}

async fn name_the_route(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(value) = path.and_then(|path| HeaderValue::from_str(path.as_str()).ok()) {
        response.headers_mut().insert("x-route", value);
    }
    response
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera(State(state): State<AppState>) -> String {
    state.seen.load(Ordering::Relaxed).to_string()
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

fn router(state: AppState) -> Router {
    Router::new()
        .route("/cameras", get(list_cameras))
        .route("/cameras", post(add_camera).layer(middleware::from_fn(name_the_route)))
        .route_layer(middleware::from_fn_with_state(state.clone(), count))
        .route("/health", get(health))
        .layer(middleware::from_fn(name_the_route))
        .layer(middleware::map_response(|mut response: Response| async move {
            response.headers_mut().insert("server", HeaderValue::from_static("cameras"));
            response
        }))
        .with_state(state)
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
    let app = router(AppState::default()).guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
