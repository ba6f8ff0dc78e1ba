//! URLs are made from the names of resources, and one leads outside.

use actix_web::{HttpRequest, HttpServer, error::ErrorInternalServerError};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras", name = "cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras(request: HttpRequest) -> actix_web::Result<String> {
    let link =
        |name: &str, elements: &[&str]| request.url_for(name, elements).map_err(ErrorInternalServerError);
    Ok(format!(
        "{} {} {}",
        link("camera", &["7"])?,
        link("manual", &["7"])?,
        request.url_for_static("cameras")?
    ))
}

#[requires_scope("read:cameras")]
async fn camera(request: HttpRequest) -> String {
    request.match_name().unwrap_or_default().to_owned()
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
            .service(web::resource("/cameras/{id}").name("camera").get(camera))
            .external_resource("manual", "https://example.com/manual/{id}")
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
