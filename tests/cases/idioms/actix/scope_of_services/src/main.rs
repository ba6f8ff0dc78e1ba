//! A scope with routes, services and a resource.

use actix_web::{HttpResponse, HttpServer};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, requires_auth, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[post("")]
#[requires_scope("write:cameras")]
async fn add_camera() -> HttpResponse {
    HttpResponse::Created().finish()
}

#[get("/{camera_id}")]
#[requires_scope("read:cameras")]
async fn get_camera(path: web::Path<String>) -> String {
    path.into_inner()
}

#[requires_auth]
async fn frames(path: web::Path<(String, u32)>) -> String {
    let (camera, frame) = path.into_inner();
    format!("{camera} {frame}")
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
        App::new().wrap(keys.clone()).service(
            web::scope("/cameras")
                .service(list_cameras)
                .service(add_camera)
                .service(get_camera)
                .route("/{camera_id}/frames/{frame}", web::get().to(frames)),
        )
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
