//! Settings in a static, read when they are first asked for.

mod settings;

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded};
use scopewright::{Grant, requires_scope};
use settings::SETTINGS;
use std::sync::{LazyLock, OnceLock};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

static STARTED: OnceLock<std::time::Instant> = OnceLock::new();
static GREETING: LazyLock<String> = LazyLock::new(|| SETTINGS.greeting.to_uppercase());

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> String {
    let up = STARTED.get().map(std::time::Instant::elapsed);
    format!("{} {up:?}", *GREETING)
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
    STARTED.get_or_init(std::time::Instant::now);
    let app = guarded::<Scope, _>(move || App::new().service(list_cameras).wrap(keys.clone()))?;
    let server =
        HttpServer::new(app).workers(SETTINGS.workers).bind((SETTINGS.host.as_str(), SETTINGS.port))?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
