//! A scope that may be there, and roles of which the process has one.

use actix_web::HttpServer;
use scopewright::actix::{self, App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Reader,
    Writer,
    All,
}

impl Role {
    fn of_environment() -> Self {
        match std::env::var("ROLE").as_deref() {
            Ok("reader") => Self::Reader,
            Ok("writer") => Self::Writer,
            _ => Self::All,
        }
    }
}

fn readers(cfg: &mut web::ServiceConfig) {
    cfg.route("/zones", web::get().to(list));
}

fn writers(cfg: &mut web::ServiceConfig) {
    cfg.route("/zones", web::post().to(add));
}

fn admin(role: Role) -> Option<actix::Scope> {
    (role == Role::All).then(|| web::scope("/admin").route("/reset", web::post().to(add)))
}

fn config(cfg: &mut web::ServiceConfig, role: Role) {
    cfg.route("/cameras", web::get().to(list)).route("/health", web::get().to(health));
    match role {
        Role::Reader => cfg.configure(readers),
        Role::Writer => cfg.configure(writers),
        Role::All => cfg.configure(readers).configure(writers),
    };
    if let Some(admin) = admin(role) {
        cfg.service(admin);
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
    let role = Role::of_environment();
    let app = guarded::<Scope, _>(move || App::new().configure(|cfg| config(cfg, role)).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
