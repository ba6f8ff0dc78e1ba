//! Data that each worker makes when it starts, and data of a scope.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};
use std::cell::Cell;
use std::convert::Infallible;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

struct Counter(Cell<u32>);

struct Region(&'static str);

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras(counter: web::Data<Counter>) -> String {
    counter.0.set(counter.0.get() + 1);
    counter.0.get().to_string()
}

#[requires_scope("read:cameras")]
async fn region(region: web::Data<Region>) -> &'static str {
    region.0
}

fn regional(name: &'static str) -> impl Fn(&mut web::ServiceConfig) {
    move |cfg| {
        cfg.app_data(web::Data::new(Region(name))).route("/region", web::get().to(region));
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
            .data_factory(|| async { Ok::<_, Infallible>(Counter(Cell::new(0))) })
            .service(list_cameras)
            .service(web::scope("/eu").configure(regional("eu")))
            .service(web::scope("/us").configure(regional("us")))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
