//! The function that registers takes more than the configuration, so a closure calls it.

mod cameras;

use actix_web::HttpServer;
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded};
use std::sync::Arc;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Debug)]
pub struct Settings {
    pub greeting: String,
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
    let settings = Arc::new(Settings { greeting: "cameras".to_owned() });
    let app = guarded::<Scope, _>(move || {
        App::new().wrap(keys.clone()).configure(|cfg| cameras::configure(cfg, settings.clone()))
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
