use scopewright::actix::web;
use scopewright::requires_scope;

/// Registers all routes.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/cameras").get(list).post(add));
}

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}
