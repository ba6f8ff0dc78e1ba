//! The routes of a service as a library.

use scopewright::actix::web;
use scopewright::requires_scope;

scopewright::include_scopes!();

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}

/// Registers all routes.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/cameras").get(list).post(add));
}
