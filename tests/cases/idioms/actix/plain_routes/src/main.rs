//! Routes at one application, a middleware around it: the first page of every guide.

use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }));
    let app = guarded::<Scope, _>(move || {
        App::new()
            .service(list_cameras)
            .route("/cameras", web::post().to(add_camera))
            .route("/health", web::get().to(health))
            .wrap(keys.clone())
    })?;
    let server = actix_web::HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
