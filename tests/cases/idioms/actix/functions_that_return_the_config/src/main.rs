//! Functions hand the configuration on, so that they chain.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, public, requires_scope};

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

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

fn probes(cfg: &mut web::ServiceConfig) -> &mut web::ServiceConfig {
    cfg.route("/health", web::get().to(health))
}

fn config(cfg: &mut web::ServiceConfig) {
    probes(cfg).route("/cameras", web::get().to(list)).route("/cameras", web::post().to(add));
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
    let app = guarded::<Scope, _>(move || App::new().configure(config).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
