//! Modules with the path of their file, inline modules with files below, and one that is private to another.

#[path = "http/cameras_http.rs"]
mod cameras;

mod admin {
    pub mod reset;

    use scopewright::actix::web;

    pub(super) fn config(cfg: &mut web::ServiceConfig) {
        cfg.service(web::scope("/admin").service(reset::reset));
    }
}

use actix_web::HttpServer;
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

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
        App::new().configure(cameras::config).configure(admin::config).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
