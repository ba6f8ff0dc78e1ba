//! Several services are given at once.

use actix_web::HttpServer;
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, delete, get, guarded, post, web,
};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[post("/cameras")]
#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[delete("/cameras/{id}")]
#[requires_scope("write:cameras")]
async fn delete_camera(_id: web::Path<u32>) -> &'static str {
    "deleted"
}

#[requires_scope("read:cameras")]
async fn zones() -> &'static str {
    "zones"
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.service((add_camera, delete_camera));
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
            .service((
                list_cameras,
                web::scope("/api").service((web::resource("/zones").get(zones), list_cameras)),
            ))
            .service(vec![web::resource("/zones").get(zones), web::resource("/places").get(zones)])
            .configure(config)
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
