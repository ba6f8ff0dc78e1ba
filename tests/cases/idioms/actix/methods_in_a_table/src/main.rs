//! Paths and methods stand in a table that a loop registers.

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpServer};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn change(request: HttpRequest) -> String {
    format!("{} {}", request.method(), request.path())
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.route("/cameras", web::get().to(list));
    for (path, method) in
        [("/cameras", Method::POST), ("/cameras/{id}", Method::PUT), ("/zones", Method::POST)]
    {
        cfg.route(path, web::method(method).to(change));
    }
    for method in [Method::PUT, Method::PATCH] {
        cfg.route("/places", web::route().method(method).to(change));
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
