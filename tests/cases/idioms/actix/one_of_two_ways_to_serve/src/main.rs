//! With a socket of the system's or without, it is the same application.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded};
use scopewright::{Grant, requires_scope};
use std::net::TcpListener;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || App::new().service(list_cameras).wrap(keys.clone()))?;
    if std::env::var_os("SYSTEMD").is_some() {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        println!("LISTEN {}", listener.local_addr()?);
        let server = HttpServer::new(app).workers(1).listen(listener)?.run();
        return Ok(server.await?);
    }
    let server = HttpServer::new(app)
        .workers(1)
        .shutdown_signal(async {
            // Without a handler for the signal it runs until it is killed.
            let _ = tokio::signal::ctrl_c().await;
        })
        .bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    Ok(server.run().await?)
}
