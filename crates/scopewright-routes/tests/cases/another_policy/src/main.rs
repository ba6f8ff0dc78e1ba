use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

scopewright::include_scopes!();
use billing::scopes::Scope as Billing;
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn cameras() {}

async fn bare() {}

fn plain() -> axum::Router {
    axum::Router::new().route("/plain", axum::routing::get(bare))
}

fn generic<C: scopewright::Catalogue>(router: Router) -> Router {
    router.merge_axum::<C>(axum::Router::new().route("/generic", axum::routing::get(bare)))
}

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/cameras", get(cameras))
        .nest("/right", Router::new().merge_axum::<Scope>(plain()))
        .nest("/wrong", Router::new().merge_axum::<Billing>(plain()));
    let app = generic::<Scope>(app).guarded::<Scope>().unwrap();
    let on_actix = scopewright::actix::guarded::<Scope, _>(|| {
        scopewright::actix::App::new()
            .service_actix::<scopes::Scope>(actix_web::web::scope("/a").route("/right", actix_web::web::get().to(bare)))
            .service_actix::<billing::scopes::Scope>(actix_web::web::scope("/b").route("/wrong", actix_web::web::get().to(bare)))
    });
    let server = actix_web::HttpServer::new(on_actix.unwrap());
    axum::serve(listener, app).await.unwrap();
}

async fn admin() {
    let admin = Router::new().route("/admin", get(cameras)).guarded::<billing::scopes::Scope>().unwrap();
    axum::serve(listener, admin).await.unwrap();
}
