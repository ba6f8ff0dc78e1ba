//! The server has a thread of its own, with a runtime in it.

use actix_web::{HttpServer, rt};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded};
use scopewright::{Grant, requires_scope};
use std::thread;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

fn serve() -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || App::new().service(list_cameras).wrap(keys.clone()))?;
    rt::System::new().block_on(async move {
        let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
        println!("LISTEN {}", server.addrs()[0]);
        server.run().await
    })?;
    Ok(())
}

fn main() {
    let server = thread::spawn(|| {
        if let Err(error) = serve() {
            eprintln!("{error}");
        }
    });
    server.join().unwrap();
}
