//! `#[route]` with several methods, `#[routes]` with several paths.

use actix_web::{HttpRequest, HttpServer};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, route, routes};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[route("/cameras", method = "GET", method = "HEAD")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[routes]
#[post("/cameras")]
#[put("/cameras/{id}")]
#[post("/devices")]
#[requires_scope("write:cameras")]
async fn save_camera(request: HttpRequest) -> String {
    request.match_info().get("id").unwrap_or("new").to_owned()
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
        App::new().service(list_cameras).service(save_camera).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
