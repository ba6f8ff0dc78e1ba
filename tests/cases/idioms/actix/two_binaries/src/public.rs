use scopewright::actix::web;
use scopewright::requires_scope;

pub fn config(cfg: &mut web::ServiceConfig) {
    cfg.route("/cameras", web::get().to(list));
}

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}
