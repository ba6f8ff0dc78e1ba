use scopewright::actix::web;

mod handlers {
    #[scopewright::requires_scope("read:cameras")]
    pub(super) async fn list() -> &'static str {
        "cameras"
    }
}

pub fn config(cfg: &mut web::ServiceConfig) {
    use self::handlers::list as list_all;

    cfg.route("/cameras", web::get().to(list_all));
}
