use actix_web::HttpServer;
use scopewright::actix::{App, guarded, web as typed};
use scopewright::requires_scope;

#[requires_scope("a")]
async fn first() {}
#[requires_scope("a")]
async fn second() {}
#[requires_scope("a")]
async fn third() {}
#[requires_scope("a")]
async fn fourth() {}
#[requires_scope("a")]
async fn fifth() {}
#[requires_scope("a")]
async fn sixth() {}
#[requires_scope("a")]
async fn seventh() {}

fn shadowed(cfg: &mut typed::ServiceConfig) {
    let cfg = cfg.route("/first", typed::get().to(first));
    cfg.route("/second", typed::get().to(second));
}

fn renamed(c: &mut typed::ServiceConfig) {
    let d = &mut *c;
    let e = d;
    e.route("/third", typed::get().to(third));
}

fn probes(cfg: &mut typed::ServiceConfig) -> &mut typed::ServiceConfig {
    cfg.route("/fourth", typed::get().to(fourth))
}

fn untouched(cfg: &mut typed::ServiceConfig) -> &mut typed::ServiceConfig {
    cfg
}

fn chained(cfg: &mut typed::ServiceConfig, more: bool) {
    probes(untouched(cfg)).route("/fifth", typed::get().to(fifth));
    let last = if more { cfg.route("/sixth", typed::get().to(sixth)) } else { cfg };
    last.route("/seventh", typed::get().to(seventh));
}

#[actix_web::main]
async fn main() {
    let app = guarded::<Scope, _>(move || {
        App::new().configure(shadowed).configure(renamed).configure(|cfg| chained(cfg, std::env::args().len() > 1))
    });
    HttpServer::new(app).bind("127.0.0.1:0").run().await;
}
