//! A type of the service's own is what handlers answer, and `main` has an error of the library's.

use actix_web::body::BoxBody;
use actix_web::http::header::ContentType;
use actix_web::{HttpRequest, HttpResponse, HttpServer, Responder};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, requires_scope};
use std::io;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

struct Page(Vec<&'static str>);

impl Responder for Page {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse<Self::Body> {
        HttpResponse::Ok().content_type(ContentType::html()).body(self.0.join("<br>"))
    }
}

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> Page {
    Page(vec!["door", "yard"])
}

#[post("/cameras")]
#[requires_scope("write:cameras")]
async fn add_camera() -> impl Responder {
    "added".customize().with_status(actix_web::http::StatusCode::CREATED).insert_header(("x-id", "7"))
}

#[get("/cameras/{id}")]
#[requires_scope("read:cameras")]
async fn get_camera(id: web::Path<u32>) -> Option<Page> {
    (*id == 1).then(|| Page(vec!["door"]))
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || {
        App::new().service(list_cameras).service(add_camera).service(get_camera).wrap(keys.clone())
    })
    .map_err(io::Error::other)?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await
}
