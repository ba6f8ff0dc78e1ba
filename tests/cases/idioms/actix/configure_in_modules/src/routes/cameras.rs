use actix_web::{HttpResponse, Responder};
use scopewright::actix::web;
use scopewright::requires_scope;

pub fn config(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/cameras").route(web::get().to(list)).route(web::post().to(add)))
        .service(web::resource("/cameras/{id}").route(web::delete().to(remove)));
}

#[requires_scope("read:cameras")]
async fn list() -> impl Responder {
    HttpResponse::Ok().body("cameras")
}

#[requires_scope("write:cameras")]
async fn add() -> impl Responder {
    HttpResponse::Created()
}

#[requires_scope("write:cameras")]
async fn remove(_id: web::Path<u32>) -> impl Responder {
    HttpResponse::NoContent()
}
