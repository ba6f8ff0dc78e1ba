use scopewright::actix::web;
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
pub async fn zones() -> &'static str {
    "zones"
}

pub fn config(cfg: &mut web::ServiceConfig) {
    cfg.route("/zones", web::get().to(zones)).service(crate::list_cameras);
}
