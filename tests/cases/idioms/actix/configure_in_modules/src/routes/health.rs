use scopewright::actix::web;
use scopewright::public;

pub fn config(cfg: &mut web::ServiceConfig) {
    cfg.route("/health", web::get().to(health));
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}
