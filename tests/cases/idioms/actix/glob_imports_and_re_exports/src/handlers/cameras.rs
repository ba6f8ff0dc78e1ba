use crate::prelude::*;
use scopewright::actix::{get, post};

#[get("/cameras")]
#[requires_scope("read:cameras")]
pub async fn list_cameras() -> impl Responder {
    HttpResponse::Ok().body("cameras")
}

#[post("/cameras")]
#[requires_scope("write:cameras")]
pub async fn add_camera() -> impl Responder {
    HttpResponse::Created()
}
