//! Work that blocks is done on a thread of its own, and errors are boxed.

use actix_web::{HttpResponse, HttpServer, Responder, web::block};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};
use std::error::Error;
use std::time::Duration;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> Result<impl Responder, Box<dyn Error>> {
    let names = block(|| vec!["door", "yard"]).await?;
    Ok(HttpResponse::Ok().json(names))
}

#[requires_scope("read:cameras")]
async fn slow() -> Result<HttpResponse, actix_web::Error> {
    let answer =
        tokio::time::timeout(Duration::from_secs(1), actix_web::rt::time::sleep(Duration::from_millis(5)));
    answer.await.map_err(actix_web::error::ErrorGatewayTimeout)?;
    web::block(|| "slow").await.map(|text| HttpResponse::Ok().body(text)).map_err(Into::into)
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
            .service(list_cameras)
            .service(web::resource("/slow").route(web::get().to(slow)))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
