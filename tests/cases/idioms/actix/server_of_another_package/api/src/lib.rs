//! The API of a service as a library.

use actix_web::HttpServer;
use actix_web::dev::Server;
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

/// The server, which answers once it is awaited.
///
/// # Errors
/// If the routes are not those of the policy, or the listener can't be used.
pub fn run(listener: TcpListener) -> Result<Server, Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || {
        App::new().service(web::resource("/cameras").get(list).post(add)).wrap(keys.clone())
    })?;
    Ok(HttpServer::new(app).workers(1).listen(listener)?.run())
}
