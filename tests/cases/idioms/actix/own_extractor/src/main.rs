//! Extractors of the service's own: one reads a header, one reads the grant.

use actix_web::dev::Payload;
use actix_web::error::ErrorBadRequest;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpServer};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded};
use scopewright::{Grant, optional_auth, requires_scope};
use std::future::{Ready, ready};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

struct Language(String);

impl FromRequest for Language {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match req.headers().get("accept-language").map(|value| value.to_str()) {
            None => Ok(Self("en".to_owned())),
            Some(Ok(language)) => Ok(Self(language.to_owned())),
            Some(Err(_)) => Err(ErrorBadRequest("accept-language")),
        })
    }
}

struct Caller(Option<String>);

impl FromRequest for Caller {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let extensions = req.extensions();
        let grant = extensions.get::<Grant<Scope>>();
        ready(Ok(Self(grant.and_then(|grant| grant.subject().map(str::to_owned)))))
    }
}

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras(language: Language, caller: Caller) -> String {
    format!("{} {:?}", language.0, caller.0)
}

#[get("/greeting")]
#[optional_auth]
async fn greeting(caller: Caller) -> String {
    caller.0.unwrap_or_else(|| "stranger".to_owned())
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
        guarded::<Scope, _>(move || App::new().service(list_cameras).service(greeting).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
