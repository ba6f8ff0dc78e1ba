//! `HEAD` and `OPTIONS` have handlers.

use actix_web::http::{Method, header};
use actix_web::{HttpResponse, HttpServer};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, head, options, web,
};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[head("/cameras")]
#[requires_scope("read:cameras")]
async fn head_cameras() -> HttpResponse {
    HttpResponse::Ok().insert_header(("x-count", "3")).finish()
}

#[options("/cameras")]
#[public(reason = "health")]
async fn options_cameras() -> HttpResponse {
    HttpResponse::NoContent().insert_header((header::ALLOW, "GET, HEAD")).finish()
}

#[requires_scope("read:cameras")]
async fn frame() -> HttpResponse {
    HttpResponse::Ok().body("frame")
}

#[public(reason = "health")]
async fn preflight() -> HttpResponse {
    HttpResponse::NoContent().insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET")).finish()
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
            .service(list_cameras)
            .service(head_cameras)
            .service(options_cameras)
            .service(
                web::resource("/frame")
                    .route(web::get().to(frame))
                    .route(web::head().to(frame))
                    .route(web::method(Method::OPTIONS).to(preflight)),
            )
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
