//! The closure that makes the application has a name, and a function of the service's own serves it.

use actix_web::HttpServer;
use actix_web::dev::Server;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};
use std::net::SocketAddr;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}

fn start() -> Result<(Server, SocketAddr), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let factory = move || {
        let authenticate = keys.clone();
        App::new().service(list_cameras).route("/cameras", web::post().to(add)).wrap(authenticate)
    };
    let app = guarded::<Scope, _>(factory)?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    let address = server.addrs()[0];
    Ok((server.run(), address))
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (server, address) = start()?;
    println!("LISTEN {address}");
    server.await?;
    Ok(())
}
