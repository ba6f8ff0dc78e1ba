use crate::Settings;
use scopewright::actix::web;
use scopewright::requires_scope;
use std::sync::Arc;

pub fn configure(cfg: &mut web::ServiceConfig, settings: Arc<Settings>) {
    cfg.app_data(web::Data::from(settings))
        .service(web::scope("/cameras").route("", web::get().to(list)).route("", web::post().to(add)));
}

#[requires_scope("read:cameras")]
async fn list(settings: web::Data<Settings>) -> String {
    settings.greeting.clone()
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}
