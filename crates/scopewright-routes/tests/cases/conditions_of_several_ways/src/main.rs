use axum::http::Method;
use scopewright::actix::{App, guarded, web};
use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

#[requires_scope("a")]
async fn list() {}
#[requires_scope("a")]
async fn always() {}
#[requires_scope("a")]
async fn newest() {}
#[requires_scope("a")]
async fn oldest() {}
#[requires_scope("a")]
async fn dead() {}
#[requires_scope("a")]
async fn purge() {}

fn part() -> Router {
    Router::new().route("/part", get(list))
}

fn either() -> Router {
    Router::new().route("/either", get(always))
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/versions")
            .route(web::get().guard(actix_web::guard::Header("x", "2")).to(newest))
            .route(web::get().to(oldest))
            .route(web::get().guard(actix_web::guard::Header("x", "1")).to(dead)),
    );
    cfg.route("/cache", web::method(Method::from_bytes(b"PURGE").unwrap()).to(purge));
}

#[tokio::main]
async fn main() {
    let mut app = Router::new();
    if flag("A") {
        app = app.merge(part());
    }
    if flag("B") {
        app = app.merge(part());
    }
    if flag("C") {
        app = app.merge(either()).layer(log());
    } else {
        app = app.merge(either());
    }
    actix_web::HttpServer::new(guarded::<Scope, _>(|| App::new().configure(config))).run().await;
    axum::serve(listener, app.guarded::<Scope>()).await;
}
