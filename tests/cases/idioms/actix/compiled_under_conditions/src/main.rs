//! Routes that are there in some builds only.

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

#[cfg(debug_assertions)]
#[requires_scope("write:cameras")]
async fn debug() -> &'static str {
    "debug"
}

#[cfg(windows)]
mod service_manager {
    #[scopewright::requires_scope("write:cameras")]
    pub async fn stop() -> &'static str {
        "stopped"
    }
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.service(list_cameras);
    #[cfg(debug_assertions)]
    cfg.route("/debug", web::get().to(debug));
    #[cfg(windows)]
    cfg.route("/stop", web::post().to(service_manager::stop));
    if cfg!(debug_assertions) {
        cfg.route("/trace", web::get().to(debug));
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
