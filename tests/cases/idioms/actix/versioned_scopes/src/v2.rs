use super::v1::zones;
use scopewright::actix::web;
use scopewright::requires_scope;

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}

pub fn config(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/places").get(zones).post(add));
}
