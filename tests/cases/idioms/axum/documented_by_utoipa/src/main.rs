//! utoipa-axum: paths and methods stand above the handlers, the document is served beside them.

mod auth;
mod cameras;

use axum::Json;
use scopewright::axum::routing::get;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use utoipa::OpenApi;

scopewright::include_scopes!();
use scopes::{PublicReason, Scope};

#[derive(OpenApi)]
#[openapi(info(title = "Cameras"), tags((name = "cameras", description = "What sees")))]
struct ApiDoc;

/// Liveness.
#[utoipa::path(get, path = "/health", responses((status = 200, body = str)))]
#[scopewright::public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let router = OpenApiRouter::with_openapi(ApiDoc::openapi())
        .routes(routes!(health))
        .merge(cameras::router())
        .nest("/api/v1", OpenApiRouter::new().nest("/cameras", cameras::nested()));
    let document = router.get_openapi().clone();
    let router = router.route("/openapi.json", get(scopes::public(PublicReason::Health, move || async move { Json(document) })));
    let (app, _api) = router.guarded::<Scope>()?;
    let app = app.layer(auth::keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
