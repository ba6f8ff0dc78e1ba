//! Each module implements one trait that registers its routes.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

trait Controller {
    fn configure(cfg: &mut web::ServiceConfig);
}

struct Cameras;
struct Health;

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

impl Controller for Cameras {
    fn configure(cfg: &mut web::ServiceConfig) {
        cfg.route("/cameras", web::get().to(list));
    }
}

impl Controller for Health {
    fn configure(cfg: &mut web::ServiceConfig) {
        cfg.route("/health", web::get().to(health));
    }
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
            .configure(Cameras::configure)
            .configure(<Health as Controller>::configure)
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
