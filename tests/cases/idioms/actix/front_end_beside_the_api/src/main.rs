//! The front end answers what the API does not have.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, HttpServer, guard};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, public, requires_auth, requires_scope};

scopewright::include_scopes!();
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

#[requires_auth]
async fn no_such_endpoint() -> HttpResponse {
    HttpResponse::NotFound().json(["no such endpoint"])
}

#[get("/assets/{file:.*}")]
#[public(reason = "health")]
async fn asset(file: web::Path<String>) -> HttpResponse {
    match file.as_str() {
        "main.css" => HttpResponse::Ok().content_type("text/css").body("body {}"),
        _ => HttpResponse::NotFound().finish(),
    }
}

#[public(reason = "health")]
async fn index() -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::html()).body("<html></html>")
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
            .service(
                web::scope("/api")
                    .route("/zones", web::get().to(zones))
                    .default_service(web::route().to(no_such_endpoint)),
            )
            .service(asset)
            .default_service(web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(index))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
