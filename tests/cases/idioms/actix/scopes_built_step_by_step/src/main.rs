//! A scope is kept in a variable and extended, in a loop and under conditions.

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

#[requires_scope("read:cameras")]
async fn frames() -> &'static str {
    "frames"
}

#[requires_scope("write:cameras")]
async fn reset() -> &'static str {
    "reset"
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
    let with_reset = std::env::var("RESET").is_ok();
    let app = guarded::<Scope, _>(move || {
        let mut live = web::scope("/live");
        for format in ["mjpeg", "hls"] {
            live = live.route(&format!("/{format}"), web::get().to(frames));
        }
        if with_reset {
            live = live.service(web::resource("/reset").post(reset));
        }
        let archive = ["day", "week"]
            .iter()
            .fold(web::scope("/archive"), |scope, path| scope.route(path, web::get().to(frames)));
        let api = web::scope("/api").service(live).service(archive);
        App::new().service(list_cameras).service(api).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
