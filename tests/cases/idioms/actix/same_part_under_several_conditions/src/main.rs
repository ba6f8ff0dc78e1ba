//! One function configures a part, and several conditions lead to it.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}

fn writing(cfg: &mut web::ServiceConfig) {
    cfg.route("/zones", web::post().to(add));
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.service(list_cameras);
    if std::env::var_os("WRITABLE").is_some() {
        cfg.configure(writing);
    } else if std::env::var_os("MAINTENANCE").is_some() {
        cfg.app_data(web::Data::new("maintenance"));
        cfg.configure(writing);
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
    let app = guarded::<Scope, _>(move || App::new().configure(config).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
