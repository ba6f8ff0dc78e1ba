//! The API of a service as a library.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use scopewright::actix::{App, Authenticate, AuthenticateMiddleware, Rejection, authenticate_with, web};
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

fn keys() -> AuthenticateMiddleware<impl Authenticate> {
    AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

/// The whole application.
pub fn app() -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new().service(web::resource("/cameras").get(list).post(add)).wrap(keys())
}
