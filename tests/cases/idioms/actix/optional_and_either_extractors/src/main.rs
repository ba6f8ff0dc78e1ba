//! Extractors that may fail, and bodies of two kinds.

use actix_web::{Either, HttpRequest, HttpResponse, HttpServer};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, optional_auth, requires_scope};
use std::collections::HashMap;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

type Fields = HashMap<String, String>;

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras(grant: scopes::Grant, page: Option<web::Query<Fields>>) -> String {
    format!("{:?} {}", grant.subject(), page.is_some())
}

#[post("/cameras")]
#[requires_scope("write:cameras")]
async fn add_camera(body: Either<web::Json<Fields>, web::Form<Fields>>) -> HttpResponse {
    match body {
        Either::Left(json) => HttpResponse::Created().body(json.len().to_string()),
        Either::Right(form) => HttpResponse::Created().body(form.len().to_string()),
    }
}

#[post("/notes")]
#[requires_scope("write:cameras")]
async fn add_note(note: Result<String, actix_web::Error>, request: HttpRequest) -> String {
    note.unwrap_or_else(|_| request.path().to_owned())
}

#[get("/front")]
#[optional_auth]
async fn front(grant: Option<scopes::Grant>) -> Either<&'static str, HttpResponse> {
    if grant.is_some() { Either::Left("hello") } else { Either::Right(HttpResponse::NoContent().finish()) }
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
            .service(list_cameras)
            .service(add_camera)
            .service(add_note)
            .service(front)
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
