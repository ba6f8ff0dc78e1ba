//! The API on one port, administration on another, awaited together.

use actix_web::HttpServer;
use scopewright::actix::{
    App, Authenticate, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web,
};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn settings() -> &'static str {
    "settings"
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
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
    let authenticate = keys();
    let api = guarded::<Scope, _>(move || App::new().service(list_cameras).wrap(authenticate.clone()))?;
    let authenticate = keys();
    let admin = guarded::<Scope, _>(move || {
        App::new()
            .route("/settings", web::get().to(settings))
            .route("/health", web::get().to(health))
            .wrap(authenticate.clone())
    })?;

    let api = HttpServer::new(api).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", api.addrs()[0]);
    let admin = HttpServer::new(admin).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", admin.addrs()[0]);
    tokio::try_join!(api.run(), admin.run())?;
    Ok(())
}
