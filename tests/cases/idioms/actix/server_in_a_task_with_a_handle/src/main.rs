//! The server runs in a task; a handle stops it when it is time.

use actix_web::{HttpServer, rt};
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
    let app = guarded::<Scope, _>(move || App::new().service(list_cameras).wrap(keys.clone()))?;
    let server =
        HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(5).listen(listener)?.run();
    let handle = server.handle();
    let task = rt::spawn(server);
    tokio::signal::ctrl_c().await?;
    handle.stop(true).await;
    task.await??;
    Ok(())
}
