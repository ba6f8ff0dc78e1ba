//! Methods are said in all the ways there are.

use actix_web::http::Method;
use actix_web::{HttpServer, guard};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_auth, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn read() -> &'static str {
    "read"
}

#[requires_scope("write:cameras")]
async fn write() -> &'static str {
    "written"
}

#[requires_auth]
async fn anything() -> &'static str {
    "anything"
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
            .route("/cameras", web::route().method(Method::GET).to(read))
            .route("/cameras", web::method(Method::PUT).to(write))
            .route("/cameras", web::route().guard(guard::Post()).to(write))
            .service(web::resource("/one").guard(guard::Get()).to(read))
            .service(web::resource("/any").to(anything))
            .service(web::resource("/mixed").route(web::get().to(read)).route(web::to(anything)))
            .route("/all", web::to(anything))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
