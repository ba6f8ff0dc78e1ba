//! One resource for each path, a handler for each of its methods.

use actix_web::{HttpResponse, HttpServer, Responder};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list() -> impl Responder {
    web::Json(vec!["door"])
}

#[requires_scope("write:cameras")]
async fn add() -> impl Responder {
    HttpResponse::Created().finish()
}

#[requires_scope("read:cameras")]
async fn show(id: web::Path<u64>) -> impl Responder {
    id.to_string()
}

#[requires_scope("write:cameras")]
async fn update(id: web::Path<u64>) -> impl Responder {
    id.to_string()
}

#[requires_scope("write:cameras")]
async fn remove(_id: web::Path<u64>) -> HttpResponse {
    HttpResponse::NoContent().finish()
}

#[public(reason = "health")]
async fn health() -> HttpResponse {
    HttpResponse::Ok().finish()
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
            .service(web::resource("/cameras").name("cameras").get(list).post(add))
            .service(
                web::resource("/cameras/{id}")
                    .route(web::get().to(show))
                    .route(web::put().to(update))
                    .route(web::patch().to(update))
                    .route(web::delete().to(remove)),
            )
            .service(web::resource(["/health", "/healthz"]).route(web::get().to(health)))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
