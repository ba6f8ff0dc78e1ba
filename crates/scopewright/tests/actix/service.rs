//! The service under test: every route of the policy's table, in the three styles actix-web has.

use crate::scopes::{self, AuthMode, Grant, PublicReason, Scope};
use actix_web::{HttpRequest, HttpResponse, Responder};
use scopewright::actix::web;
use scopewright::{optional_auth, public, requires_auth, requires_scope, scope_todo};

/// What handlers share.
#[derive(Clone)]
pub struct Cars(pub &'static str);

#[requires_scope("vehicles:read")]
async fn read_vehicle(id: web::Path<u32>) -> String {
    format!("vehicle {id}")
}

#[requires_scope(any(all("vehicles:read", "vehicles:write"), "a.b"))]
async fn delete_vehicle(cars: web::Data<Cars>, id: web::Path<u32>) -> impl Responder {
    HttpResponse::Ok().body(format!("deleted {id} of {}", cars.0))
}

#[requires_scope("vehicles:write", via = "api_key")]
#[requires_auth(via = "operator")]
#[requires_scope(any("vehicles:write", all("vehicles:read", "a.b")), via = "oauth2")]
async fn write_vehicle() -> &'static str {
    "written"
}

mod ours_above {
    use super::{AuthMode, Grant};
    use actix_web::get;
    use scopewright::requires_auth;

    #[requires_auth]
    #[get("/whoami")]
    pub async fn whoami(grant: Grant) -> String {
        let mode = grant.mode().map_or("?", AuthMode::as_str);
        format!(
            "{} via {mode}, {}",
            grant.subject().unwrap_or("?"),
            grant.assurance().unwrap_or("unverified")
        )
    }
}

mod ours_below {
    use super::{Grant, optional_auth};
    use scopewright::actix::get;

    /// Everybody searches.
    #[get("/search", name = "search")]
    #[optional_auth]
    pub async fn search(grant: Option<Grant>) -> String {
        grant.map_or("nobody".to_owned(), |grant| grant.subject().unwrap_or("?").to_owned())
    }
}

#[scopewright::actix::route("/health", method = "GET")]
#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

struct Todo;

impl Todo {
    #[scope_todo("CAR-1")]
    #[expect(clippy::unused_async, reason = "it is a handler")]
    async fn answer() -> &'static str {
        "never"
    }
}

/// The registration, as a service would write it.
pub fn configure(config: &mut web::ServiceConfig) {
    let any_file = |request: HttpRequest| async move { format!("file {}", request.uri()) };
    let docs = web::get().to(scopes::public(PublicReason::OpenData, || async { "docs" }));
    config
        .service(
            web::scope("/vehicles").service(
                web::resource(r"/{vehicle:\d+}")
                    .get(read_vehicle)
                    .put(write_vehicle)
                    .route(web::delete().to(delete_vehicle)),
            ),
        )
        .service((ours_above::whoami, ours_below::search, health))
        .route("/todo", web::get().to(Todo::answer))
        .service(
            web::scope("/files").default_service(web::to(scopes::requires(Scope::VehiclesRead, any_file))),
        )
        .route("/docs/{page}*", docs);
}

/// The service as it is served: compared with the table, credentials checked.
macro_rules! service {
    ($at_once:expr) => {{
        let authenticate = ::scopewright::actix::AuthenticateMiddleware::new($crate::speaking::Speaking {
            at_once: $at_once,
        });
        ::scopewright::actix::guarded::<$crate::scopes::Scope, _>(move || {
            ::scopewright::actix::App::new()
                .app_data(::actix_web::web::Data::new($crate::service::Cars("all")))
                .configure($crate::service::configure)
                .wrap(authenticate.clone())
        })
        .unwrap()
    }};
}
pub(crate) use service;
