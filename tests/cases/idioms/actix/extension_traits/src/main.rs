//! Traits of the service's own add methods to what registers.

use actix_web::HttpServer;
use scopewright::actix::{self, App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

trait Probes {
    fn probes(&mut self) -> &mut Self;
}

impl Probes for web::ServiceConfig {
    fn probes(&mut self) -> &mut Self {
        self.route("/health", web::get().to(health))
    }
}

trait Listings: Sized {
    fn listing(self, path: &str) -> Self;
}

impl Listings for actix::Scope {
    fn listing(self, path: &str) -> Self {
        self.route(path, web::get().to(list))
    }
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.probes().service(web::scope("").listing("/cameras").listing("/zones"));
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
