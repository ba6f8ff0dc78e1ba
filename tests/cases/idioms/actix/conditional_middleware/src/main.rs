//! Middleware that a flag turns on, on a resource and on a scope.

use actix_web::HttpServer;
use actix_web::middleware::{Condition, DefaultHeaders, ErrorHandlerResponse, ErrorHandlers, Logger};
use actix_web::{dev::ServiceResponse, http::StatusCode};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add() -> &'static str {
    "added"
}

fn mark_missing<B>(mut res: ServiceResponse<B>) -> actix_web::Result<ErrorHandlerResponse<B>> {
    res.headers_mut().insert(
        actix_web::http::header::CONTENT_TYPE,
        actix_web::http::header::HeaderValue::from_static("application/json"),
    );
    Ok(ErrorHandlerResponse::Response(res.map_into_left_body()))
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
    let verbose = std::env::var_os("VERBOSE").is_some();
    let app = guarded::<Scope, _>(move || {
        App::new()
            .service(
                web::scope("/cameras")
                    .wrap(Condition::new(verbose, DefaultHeaders::new().add(("x-debug", "1"))))
                    .service(
                        web::resource("")
                            .wrap(Condition::new(!verbose, DefaultHeaders::new().add(("x-plain", "1"))))
                            .get(list)
                            .post(add),
                    ),
            )
            .wrap(keys.clone())
            .wrap(ErrorHandlers::new().handler(StatusCode::NOT_FOUND, mark_missing))
            .wrap(Condition::new(verbose, Logger::default()))
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
