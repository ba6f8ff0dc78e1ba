//! Scopes in scopes, with parameters in a prefix.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("read:cameras")]
async fn zones(site: web::Path<u32>) -> String {
    format!("zones of {site}")
}

#[requires_scope("write:cameras")]
async fn add_zone(site: web::Path<u32>) -> String {
    format!("zone at {site}")
}

#[requires_scope("read:cameras")]
async fn zone(path: web::Path<(u32, String)>) -> String {
    format!("{path:?}")
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
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
            .service(list_cameras)
            .service(
                web::scope("/api").route("/health", web::get().to(health)).service(
                    web::scope("/v1").service(
                        web::scope("/sites/{site}").service(
                            web::scope("/zones")
                                .route("", web::get().to(zones))
                                .route("", web::post().to(add_zone))
                                .route("/{zone}", web::get().to(zone)),
                        ),
                    ),
                ),
            )
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
