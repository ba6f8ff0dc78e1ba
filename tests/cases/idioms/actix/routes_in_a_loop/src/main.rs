//! One handler at several paths.

use actix_web::{HttpRequest, HttpServer};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

const HEALTH: [&str; 3] = ["/health", "/healthz", "/ready"];

#[requires_scope("read:cameras")]
async fn list(request: HttpRequest) -> String {
    request.path().to_owned()
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

fn config(cfg: &mut web::ServiceConfig) {
    for path in ["/cameras", "/devices"] {
        cfg.route(path, web::get().to(list));
    }
    for path in HEALTH {
        cfg.service(web::resource(path).get(health));
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
