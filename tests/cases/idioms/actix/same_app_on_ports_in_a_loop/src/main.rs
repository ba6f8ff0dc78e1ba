//! The same application on several ports, each server in a task.

use actix_web::{HttpServer, rt};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded};
use scopewright::{Grant, requires_scope};

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
    let app = guarded::<Scope, _>(move || App::new().service(list_cameras).wrap(keys.clone()))?;
    let mut tasks = Vec::new();
    for host in ["127.0.0.1", "localhost"] {
        let server = HttpServer::new(app.clone()).workers(1).bind((host, 0))?;
        println!("LISTEN {}", server.addrs()[0]);
        tasks.push(rt::spawn(server.run()));
    }
    for task in tasks {
        task.await??;
    }
    Ok(())
}
