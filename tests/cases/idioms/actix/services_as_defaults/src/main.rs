//! What answers where nothing else does is a service, not a handler.

use actix_web::dev::{ServiceRequest, ServiceResponse, fn_service};
use actix_web::{Error, HttpResponse, HttpServer};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::PublicReason;
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("read:cameras")]
async fn zones() -> &'static str {
    "zones"
}

async fn not_found(request: ServiceRequest) -> Result<ServiceResponse, Error> {
    Ok(request.into_response(HttpResponse::NotFound().body("nothing here")))
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.service(list_cameras)
        .service(
            web::scope("/api")
                .route("/zones", web::get().to(zones))
                .default_service(scopes::requires(Scope::ReadCameras, fn_service(not_found))),
        )
        .default_service(scopes::public(PublicReason::Health, fn_service(not_found)));
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
