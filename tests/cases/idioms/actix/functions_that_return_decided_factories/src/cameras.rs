use actix_web::middleware::DefaultHeaders;
use scopewright::actix::{DecidedFactory, web};
use scopewright::requires_scope;

pub fn scope() -> impl DecidedFactory {
    web::scope("/cameras")
        .wrap(DefaultHeaders::new().add(("x-version", "0.2")))
        .route("", web::get().to(list))
        .route("", web::post().to(add))
}

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}
