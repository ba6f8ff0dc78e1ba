use scopewright::actix::{App, guarded, web};
use scopewright::{public, requires_scope};

scopewright::include_scopes!();
use scopes::{PublicReason, Scope};

#[scopewright::actix::get("/cameras")]
#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    ""
}

#[requires_scope("write:cameras")]
#[actix_web::post("/cameras")]
async fn create() -> &'static str {
    ""
}

#[public(reason = "health")]
async fn health() -> &'static str {
    ""
}

async fn bare() -> &'static str {
    ""
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let app = guarded::<Scope, _>(|| {
        App::new()
            .service(list)
            .service(create)
            .route("/health", web::get().to(health))
            .route("/version", web::get().to(scopes::authenticated(|| async { "1" })))
            .service(web::resource("/export").route(web::post().to(scopes::requires(Scope::Export, bare))))
            .service(scopes::public(PublicReason::Assets, actix_files::Files::new("/assets", "assets")))
            .route("/docs/{page}*", web::get().to(scopes::public(PublicReason::Docs, bare)))
            .service_actix::<Scope>(web::scope("/old").route("/plain", web::get().to(bare)))
            .default_service(web::to(scopes::public(PublicReason::NotFound, bare)))
    });
    actix_web::HttpServer::new(app.unwrap()).bind("127.0.0.1:0")?
    .run()
    .await
}
