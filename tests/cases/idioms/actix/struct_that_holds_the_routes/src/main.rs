//! A builder of the service's own collects scopes and hands them to the application.

use actix_web::HttpServer;
use scopewright::actix::{self, App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
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

struct Api {
    scope: actix::Scope,
}

impl Api {
    fn new(prefix: &str) -> Self {
        Self { scope: web::scope(prefix) }
    }

    fn readable(mut self) -> Self {
        self.scope = self.scope.route("/zones", web::get().to(list));
        self
    }

    fn writable(self) -> Self {
        Self { scope: self.scope.route("/zones", web::post().to(add)) }
    }

    fn build(self) -> actix::Scope {
        self.scope
    }
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
            .route("/cameras", web::get().to(list))
            .service(Api::new("/v1").readable().build())
            .service(Api::new("/v2").readable().writable().build())
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
