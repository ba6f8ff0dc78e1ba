//! One generic type has the routes of every kind of thing.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};
use std::marker::PhantomData;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

trait Entity: 'static {
    const PATH: &'static str;
    const NAME: &'static str;
}

struct Camera;
struct Zone;

impl Entity for Camera {
    const PATH: &'static str = "/cameras";
    const NAME: &'static str = "camera";
}

impl Entity for Zone {
    const PATH: &'static str = "/zones";
    const NAME: &'static str = "zone";
}

struct Crud<E>(PhantomData<E>);

impl<E: Entity> Crud<E> {
    fn config(cfg: &mut web::ServiceConfig) {
        cfg.service(web::resource(E::PATH).route(web::get().to(Self::list)).route(web::post().to(Self::add)));
    }

    #[requires_scope("read:cameras")]
    async fn list() -> &'static str {
        E::NAME
    }

    #[requires_scope("write:cameras")]
    async fn add() -> String {
        format!("added a {}", E::NAME)
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
        App::new().configure(Crud::<Camera>::config).configure(Crud::<Zone>::config).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
