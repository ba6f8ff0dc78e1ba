use scopewright::actix::{Scope, get, web};
use scopewright::requires_scope;

pub fn scope() -> Scope {
    let scope = web::scope("/zones");
    scope.service(list).service(show)
}

#[get("")]
#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "zones"
}

#[get("/{id}")]
#[requires_scope("read:cameras")]
async fn show(id: web::Path<u32>) -> String {
    id.to_string()
}
