//! From the routes to the end of the server in one expression.

use actix_web::{HttpServer, middleware};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};
use std::net::TcpListener;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
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
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("LISTEN {}", listener.local_addr()?);
    Ok(HttpServer::new(guarded::<Scope, _>(move || {
        App::new().wrap(keys.clone()).wrap(middleware::Logger::default()).service(web::scope("").configure(
            |cfg: &mut web::ServiceConfig| {
                let cfg = cfg.service(web::resource(["/cameras", "/devices"]).get(list));
                cfg.service(web::scope("/cameras").configure(|cfg| {
                    cfg.route("/new", web::post().to(add));
                }));
            },
        ))
    })?)
    .workers(1)
    .listen(listener)?
    .run()
    .await?)
}
