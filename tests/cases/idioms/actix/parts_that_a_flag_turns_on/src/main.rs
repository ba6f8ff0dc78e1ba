//! Some parts are there only if the environment says so.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};
use std::env;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn debug() -> &'static str {
    "debug"
}

#[requires_scope("write:cameras")]
async fn import() -> &'static str {
    "imported"
}

#[derive(Clone, Copy)]
struct Features {
    debug: bool,
}

fn config(cfg: &mut web::ServiceConfig, features: Features) {
    cfg.service(list_cameras);
    if features.debug {
        cfg.service(web::resource("/debug").get(debug));
    }
    if let Ok(path) = env::var("IMPORT") {
        cfg.app_data(web::Data::new(path));
        cfg.route("/import", web::post().to(import));
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
    let features = Features { debug: env::var_os("DEBUG").is_some() };
    let app =
        guarded::<Scope, _>(move || App::new().configure(|cfg| config(cfg, features)).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
