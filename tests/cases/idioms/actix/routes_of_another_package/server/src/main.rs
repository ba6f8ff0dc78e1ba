//! One package has the routes, another puts them into an application and serves it.

use actix_web::HttpServer;
use actix_web::middleware::Logger;
use api::scopes::{AuthMode, Scope};
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded};

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
        App::new().configure(api::configure).wrap(keys.clone()).wrap(Logger::default())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
