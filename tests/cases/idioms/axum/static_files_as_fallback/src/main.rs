//! A single-page application beside the API: files for whatever is no route, its index for what is no file.

use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};
use tower_http::services::{ServeDir, ServeFile};

scopewright::include_scopes!();
use scopes::{AuthMode, PublicReason, Scope};

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
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
    let folder = std::env::temp_dir().join(format!("static-files-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("index.html"), "<h1>Cameras</h1>")?;
    let files = ServeDir::new(&folder).fallback(ServeFile::new(folder.join("index.html")));
    let app = Router::new()
        .route("/cameras", get(list_cameras))
        .nest_service("/assets", scopes::requires(Scope::ReadCameras, ServeDir::new(&folder)))
        .route_service("/favicon.ico", scopes::public(PublicReason::Health, ServeFile::new(folder.join("index.html"))))
        .fallback_service(scopes::public(PublicReason::Health, files))
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
