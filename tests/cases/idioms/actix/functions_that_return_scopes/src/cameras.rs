use scopewright::actix::{Resource, web};
use scopewright::requires_scope;

pub fn routes() -> Resource {
    web::resource("/cameras").route(web::get().to(list)).route(web::post().to(add))
}

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}
