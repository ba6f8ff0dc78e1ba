//! What stands in front of nearly every service.

use actix_web::middleware::{DefaultHeaders, Logger, NormalizePath};
use actix_web::{HttpResponse, HttpServer, Responder};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[get("/cameras/{id}")]
#[requires_scope("read:cameras")]
async fn get_camera(id: web::Path<String>) -> impl Responder {
    HttpResponse::Ok().body(id.into_inner())
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || {
        App::new()
            .wrap(keys.clone())
            .wrap(NormalizePath::trim())
            .wrap(DefaultHeaders::new().add(("x-version", env!("CARGO_PKG_VERSION"))))
            .wrap(Logger::new("%a %r %s %T").exclude("/health"))
            .service(list_cameras)
            .service(get_camera)
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
