//! A function makes the application, so that tests can have it too.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Logger, NormalizePath};
use actix_web::{Error, HttpServer};
use scopewright::actix::{App, Authenticate, AuthenticateMiddleware, Rejection, get, guarded, web};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

#[derive(Clone)]
struct State {
    keys: AuthenticateMiddleware<Keys>,
}

struct Keys;

impl Authenticate for Keys {
    type Catalogue = Scope;

    async fn authenticate(
        &self,
        presented: scopewright::Presented<'_, Scope>,
    ) -> Result<Grant<Scope>, Rejection> {
        match presented.secret() {
            "reader" => Ok(Grant::from_scopes(AuthMode::ApiKey, ["read:cameras"]).with_subject("reader")),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }
    }
}

fn app(
    state: State,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(web::Data::new(state.clone()))
        .service(list_cameras)
        .route("/health", web::get().to(health))
        .wrap(state.keys)
        .wrap(NormalizePath::trim())
        .wrap(Logger::default())
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let state = State { keys: AuthenticateMiddleware::new(Keys) };
    let app = guarded::<Scope, _>(move || app(state.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
