use crate::store::Store;
use actix_web::{HttpResponse, Responder};
use scopewright::actix::web;
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
pub async fn list<S: Store>(store: web::Data<S>) -> impl Responder {
    HttpResponse::Ok().json(store.list())
}

#[requires_scope("write:cameras")]
pub async fn add<S>(store: web::Data<S>, name: String) -> impl Responder
where
    S: Store,
{
    store.add(name);
    HttpResponse::Created()
}

#[requires_scope("read:cameras")]
pub async fn count<S: Store>(store: web::Data<S>) -> impl Responder {
    store.list().len().to_string()
}
