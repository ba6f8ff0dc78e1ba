//! Extractors with limits and errors of their own, for the application and for a resource.

use actix_web::error::{ErrorBadRequest, ErrorUnprocessableEntity};
use actix_web::{HttpMessage, HttpRequest, HttpServer};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};
use std::collections::HashMap;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list(query: web::Query<HashMap<String, String>>) -> String {
    query.get("q").cloned().unwrap_or_default()
}

#[requires_scope("write:cameras")]
async fn add(names: web::Json<Vec<String>>) -> String {
    names.into_inner().join(",")
}

#[requires_scope("write:cameras")]
async fn form(form: web::Form<HashMap<String, String>>) -> String {
    form.len().to_string()
}

#[requires_scope("write:cameras")]
async fn upload(request: HttpRequest, body: web::Bytes) -> String {
    format!("{} {}", request.content_type(), body.len())
}

#[requires_scope("read:cameras")]
async fn show(id: web::Path<u32>) -> String {
    id.to_string()
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
        let json =
            web::JsonConfig::default().limit(4096).error_handler(|error, _| ErrorUnprocessableEntity(error));
        App::new()
            .app_data(json)
            .app_data(web::QueryConfig::default().error_handler(|error, _| ErrorBadRequest(error)))
            .app_data(web::PathConfig::default().error_handler(|error, _| ErrorBadRequest(error)))
            .app_data(web::FormConfig::default().limit(1024))
            .service(web::resource("/cameras").get(list).post(add))
            .service(web::resource("/cameras/{id}").get(show))
            .service(web::resource("/form").post(form))
            .service(
                web::resource("/upload")
                    .app_data(web::PayloadConfig::new(1 << 20))
                    .route(web::put().to(upload)),
            )
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
