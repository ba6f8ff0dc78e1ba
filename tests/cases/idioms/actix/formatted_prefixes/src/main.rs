//! Prefixes are made with `format!` from constants.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

const API: &str = "/api";
const VERSION: u32 = 2;

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("read:cameras")]
async fn count() -> &'static str {
    "3"
}

#[requires_scope("read:cameras")]
async fn zones() -> &'static str {
    "zones"
}

fn base() -> String {
    format!("{API}/v{VERSION}")
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
        let prefix = base();
        App::new()
            .service(list_cameras)
            .service(web::scope(&prefix).route("/count", web::get().to(count)))
            .service(web::resource(format!("{}/{}", API, "zones")).route(web::get().to(zones)))
            .route(&format!("{API}/places"), web::get().to(zones))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
