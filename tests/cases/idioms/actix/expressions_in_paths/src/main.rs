//! Parameters with expressions.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[get(r"/cameras/{id:\d+}")]
#[requires_scope("read:cameras")]
async fn by_number(id: web::Path<u32>) -> String {
    format!("number {id}")
}

#[get("/cameras/{name:[a-z][a-z-]*}")]
#[requires_scope("read:cameras")]
async fn by_name(name: web::Path<String>) -> String {
    format!("name {name}")
}

#[requires_scope("write:cameras")]
async fn version(path: web::Path<(u32, u32)>) -> String {
    format!("{path:?}")
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
            .service(by_number)
            .service(by_name)
            .service(web::scope("/firmware").route("/v{major:[0-9]+}.{minor:[0-9]+}", web::put().to(version)))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
