//! A function for the open part and one for the protected part.

use actix_web::{HttpServer, middleware};
use scopewright::actix::{
    App, Authenticate, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

mod handlers {
    use super::*;

    #[get("/health")]
    #[public(reason = "health")]
    pub async fn health() -> &'static str {
        "ok"
    }

    #[get("/cameras")]
    #[requires_scope("read:cameras")]
    pub async fn list() -> &'static str {
        "cameras"
    }

    #[post("/cameras")]
    #[requires_scope("write:cameras")]
    pub async fn add() -> &'static str {
        "added"
    }
}

fn configure_public(cfg: &mut web::ServiceConfig) {
    cfg.service(handlers::health);
}

fn configure_protected(cfg: &mut web::ServiceConfig) {
    cfg.service(handlers::list).service(handlers::add);
}

fn keys() -> AuthenticateMiddleware<impl Authenticate> {
    AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = keys();
    let app = guarded::<Scope, _>(move || {
        App::new()
            .configure(configure_public)
            .configure(configure_protected)
            .wrap(keys.clone())
            .wrap(middleware::Logger::default())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
