//! Modules are objects in a list; each registers its routes.

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

trait Module {
    fn configure(&self, cfg: &mut web::ServiceConfig);
}

struct Cameras;

struct Probes {
    path: &'static str,
}

impl Module for Cameras {
    fn configure(&self, cfg: &mut web::ServiceConfig) {
        cfg.service(web::resource("/cameras").get(list).post(add));
    }
}

impl Module for Probes {
    fn configure(&self, cfg: &mut web::ServiceConfig) {
        cfg.route(self.path, web::get().to(health));
    }
}

fn modules() -> Vec<Box<dyn Module>> {
    vec![Box::new(Cameras), Box::new(Probes { path: "/health" })]
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
            .configure(|cfg| {
                for module in modules() {
                    module.configure(cfg);
                }
            })
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
