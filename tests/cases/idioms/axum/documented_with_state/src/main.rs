//! utoipa-axum with a state, nested and layered parts, and plain routes in between.

use axum::extract::State;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with, routing::get};
use scopewright::{Grant, requires_scope};
use std::sync::Arc;
use tower_http::trace::TraceLayer;
use utoipa::{OpenApi, ToSchema};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(OpenApi)]
#[openapi(components(schemas(Camera)))]
struct ApiDoc;

#[derive(serde::Serialize, ToSchema)]
struct Camera {
    name: String,
}

#[derive(Clone)]
struct AppState {
    site: Arc<str>,
}

#[utoipa::path(get, path = "/cameras", responses((status = 200, body = Vec<Camera>)))]
#[requires_scope("read:cameras")]
async fn list_cameras(State(state): State<AppState>) -> axum::Json<Vec<Camera>> {
    axum::Json(vec![Camera { name: state.site.to_string() }])
}

#[utoipa::path(post, path = "/cameras", responses((status = 200)))]
#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[requires_scope("read:cameras")]
async fn undocumented(State(state): State<AppState>) -> String {
    state.site.to_string()
}

fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list_cameras)).routes(routes!(add_camera))
}

fn api_router(state: AppState) -> OpenApiRouter {
    OpenApiRouter::with_openapi(ApiDoc::openapi())
        .merge(api())
        .nest("/v1", api())
        .route("/internal", get(undocumented))
        .layer(TraceLayer::new_for_http())
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
    let (router, document) = api_router(AppState { site: "local".into() }).guarded::<Scope>()?;
    eprintln!("{} paths", document.paths.paths.len());
    let app = router.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
