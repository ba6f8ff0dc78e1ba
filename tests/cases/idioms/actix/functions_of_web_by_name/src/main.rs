//! `scope`, `resource`, `get` and `post` are imported by name.

use actix_web::HttpServer;
use scopewright::actix::web::{self, ServiceConfig, get, post, resource, scope};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}

#[requires_scope("read:cameras")]
async fn show(id: web::Path<u32>) -> String {
    id.to_string()
}

fn routes(config: &mut ServiceConfig) {
    config.service(
        scope("/cameras")
            .service(resource("").route(get().to(list)).route(post().to(add)))
            .route("/{id}", get().to(show)),
    );
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
    let app = guarded::<Scope, _>(move || App::new().configure(routes).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
