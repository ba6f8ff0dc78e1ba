use scopewright::actix::web;
use scopewright::requires_scope;

pub fn config(cfg: &mut web::ServiceConfig) {
    cfg.route("/reset", web::post().to(reset));
}

#[requires_scope("write:cameras")]
async fn reset() -> &'static str {
    "reset"
}
