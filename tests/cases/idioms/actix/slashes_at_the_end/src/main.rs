//! A list with a slash at its end and without, and paths that begin without one.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[get("/")]
#[requires_scope("read:cameras")]
async fn zones() -> &'static str {
    "zones"
}

#[get("/{id}/")]
#[requires_scope("read:cameras")]
async fn zone(id: web::Path<u32>) -> String {
    id.to_string()
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
        App::new()
            .service(web::scope("/cameras").service(web::resource(["", "/"]).get(list)))
            .service(web::scope("zones").service(zones).service(zone))
            .service(web::resource("places").get(list))
            .route("plans", web::get().to(list))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
