//! One macro above each handler, all of them given to `.service(..)`.

use actix_web::{HttpResponse, HttpServer, Responder};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, delete, get, guarded, patch, post, put, web,
};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> impl Responder {
    HttpResponse::Ok().json(vec!["door", "yard"])
}

#[requires_scope("read:cameras")]
#[get("/cameras/{id}")]
async fn get_camera(id: web::Path<u32>) -> impl Responder {
    format!("camera {id}")
}

#[post("/cameras")]
#[requires_scope("write:cameras")]
async fn add_camera(body: String) -> impl Responder {
    HttpResponse::Created().body(body)
}

#[put("/cameras/{id}")]
#[requires_scope("write:cameras")]
async fn replace_camera(path: web::Path<(u32,)>) -> impl Responder {
    let (id,) = path.into_inner();
    HttpResponse::Ok().body(format!("replaced {id}"))
}

#[patch("/cameras/{id}")]
#[requires_scope("write:cameras")]
async fn rename_camera(id: web::Path<u32>) -> impl Responder {
    HttpResponse::Ok().body(format!("renamed {id}"))
}

#[delete("/cameras/{id}")]
#[requires_scope("write:cameras")]
async fn delete_camera(_id: web::Path<u32>) -> impl Responder {
    HttpResponse::NoContent()
}

#[get("/health")]
#[public(reason = "health")]
async fn health() -> impl Responder {
    HttpResponse::Ok()
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
            .wrap(keys.clone())
            .service(list_cameras)
            .service(get_camera)
            .service(add_camera)
            .service(replace_camera)
            .service(rename_camera)
            .service(delete_camera)
            .service(health)
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
