//! Closures have no place for an attribute, so they are decided where they are registered.

use actix_web::{HttpRequest, HttpResponse, HttpServer};
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use std::sync::Arc;

scopewright::include_scopes!();
use scopes::PublicReason;
use scopes::{AuthMode, Scope};

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let greeting: Arc<str> = "cameras".into();
    let app = guarded::<Scope, _>(move || {
        let greeting = greeting.clone();
        let list = move || {
            let greeting = greeting.clone();
            async move { greeting.to_string() }
        };
        App::new()
            .route("/cameras", web::get().to(scopes::requires(Scope::ReadCameras, list)))
            .service(
                web::resource("/cameras/{id}")
                    .get(scopes::requires(
                        Scope::ReadCameras,
                        |id: web::Path<u32>| async move { id.to_string() },
                    ))
                    .route(web::delete().to(scopes::requires(Scope::WriteCameras, |_: HttpRequest| async {
                        HttpResponse::NoContent()
                    }))),
            )
            .route("/health", web::get().to(scopes::public(PublicReason::Health, HttpResponse::Ok)))
            .route(
                "/whoami",
                web::get().to(scopes::authenticated(|grant: scopes::Grant| async move {
                    format!("{:?}", grant.subject())
                })),
            )
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
