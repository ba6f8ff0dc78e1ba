//! Paths are put together in every way there is.

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

const BASE: &str = "/api";

const fn zones() -> &'static str {
    "/zones"
}

fn under(prefix: Option<&str>, path: &str) -> String {
    format!("{}{path}", prefix.unwrap_or(BASE))
}

fn scoped(prefix: &str, configure: impl FnOnce(&mut web::ServiceConfig)) -> scopewright::actix::Scope {
    web::scope(prefix).configure(configure)
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.route("/cameras", web::get().to(list))
        .route("/health", web::get().to(health))
        .route(&under(None, "/one"), web::get().to(list))
        .route(&(BASE.to_string() + "/two"), web::get().to(list))
        .route(&[BASE, "three"].join("/"), web::get().to(list))
        .service(web::resource(String::from(zones())).post(add))
        .service(scoped("/x", |cfg| {
            cfg.route("/four", web::get().to(list));
        }));
    ["/five", "/six"].iter().for_each(|path| {
        cfg.route(path, web::get().to(list));
    });
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
