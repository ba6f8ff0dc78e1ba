//! Handlers and their registration are associated functions.

use actix_web::{HttpServer, Responder};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

pub struct CameraController;

impl CameraController {
    pub fn configure(cfg: &mut web::ServiceConfig) {
        cfg.service(
            web::scope("/cameras")
                .route("", web::get().to(Self::list))
                .route("", web::post().to(Self::add))
                .route("/{id}", web::get().to(CameraController::show)),
        );
    }

    #[requires_scope("read:cameras")]
    async fn list() -> impl Responder {
        "cameras"
    }

    #[requires_scope("write:cameras")]
    async fn add() -> impl Responder {
        "added"
    }

    #[requires_scope("read:cameras")]
    async fn show(id: web::Path<u32>) -> impl Responder {
        id.to_string()
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
    let app =
        guarded::<Scope, _>(move || App::new().configure(CameraController::configure).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
