//! Middleware that is an `async fn`, around the application, a scope and a resource.

mod middleware;

use actix_web::HttpServer;
use actix_web::middleware::from_fn;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn settings() -> &'static str {
    "settings"
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
            .wrap(from_fn(middleware::refuse_huge))
            .wrap(keys.clone())
            .wrap(from_fn(middleware::request_id))
            .app_data(web::Data::new(middleware::Limit(1 << 20)))
            .service(list_cameras)
            .service(
                web::scope("/admin")
                    .wrap(from_fn(middleware::no_store))
                    .service(web::resource("/settings").wrap(from_fn(middleware::no_store)).get(settings)),
            )
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
