//! An enumeration knows its paths.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone, Copy)]
enum Endpoint {
    Cameras,
    Zones,
}

impl Endpoint {
    const ALL: [Self; 2] = [Self::Cameras, Self::Zones];

    const fn path(self) -> &'static str {
        match self {
            Self::Cameras => "/cameras",
            Self::Zones => "/zones",
        }
    }
}

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
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
        let mut v1 = web::scope("/v1");
        for endpoint in Endpoint::ALL {
            v1 = v1.route(endpoint.path(), web::get().to(list));
        }
        App::new().route(Endpoint::Cameras.path(), web::get().to(list)).service(v1).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
