//! The application is a variable that is taken further, by functions and under a condition.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest};
use actix_web::{Error, HttpServer};
use scopewright::actix::{self, App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, public, requires_scope};

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

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

fn with_probes<T>(app: App<T>) -> App<T>
where
    T: ServiceFactory<ServiceRequest, Config = (), Error = Error, InitError = ()>,
{
    app.route("/health", web::get().to(health)).route("/ready", web::get().to(health))
}

fn with_listing(scope: actix::Scope) -> actix::Scope {
    scope.route("/zones", web::get().to(list))
}

fn ignored<B: MessageBody>(body: B) -> B {
    body
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
    let _ = ignored("");
    let writable = std::env::var_os("READ_ONLY").is_none();
    let app = guarded::<Scope, _>(move || {
        let app = App::new();
        let app = with_probes(app);
        let app = app.route("/cameras", web::get().to(list));
        let app = if writable { app.route("/cameras", web::post().to(add)) } else { app };
        app.service(with_listing(web::scope("/api"))).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
