//! Two versions of an answer; a header says which one.

use actix_web::{HttpServer, guard};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list_v2() -> &'static str {
    "two"
}

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "one"
}

#[requires_scope("write:cameras")]
async fn import() -> &'static str {
    "imported"
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || {
        App::new()
            .service(
                web::resource("/cameras")
                    .route(web::get().guard(guard::Header("x-api-version", "2")).to(list_v2))
                    .route(web::get().to(list))
                    .route(web::post().guard(guard::Header("content-type", "text/csv")).to(import)),
            )
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
