//! Handlers answer `Result` with an error of the service's own.

mod error;

use actix_web::{HttpResponse, HttpServer};
use error::{ApiError, ApiResult};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> ApiResult<HttpResponse> {
    Ok(HttpResponse::Ok().body("cameras"))
}

#[get("/cameras/{id}")]
#[requires_scope("read:cameras")]
async fn get_camera(id: web::Path<u32>) -> ApiResult<String> {
    match *id {
        0 => Err(ApiError::NotFound),
        id => Ok(id.to_string()),
    }
}

#[post("/cameras")]
#[requires_scope("write:cameras")]
async fn add_camera(body: String) -> Result<HttpResponse, ApiError> {
    let number: u32 = body.parse()?;
    Ok(HttpResponse::Created().body(number.to_string()))
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
        App::new().service(list_cameras).service(get_camera).service(add_camera).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
