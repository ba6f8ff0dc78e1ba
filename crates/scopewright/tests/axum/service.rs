//! The service under test: every route of the policy's table.

use crate::scopes::{self, AuthMode, Grant, PublicReason, Scope};
use crate::served::Served;
use crate::speaking::Speaking;
use axum::extract::{OriginalUri, Path, Request, State};
use scopewright::axum::routing::{any, get};
use scopewright::axum::{AuthenticateLayer, Router};
use scopewright::{optional_auth, public, requires_auth, requires_scope, scope_todo};
use tower_layer::Layer as _;

/// What handlers share. It is not `()`, so that the tests show the router with a state.
#[derive(Clone)]
pub struct Cars(pub &'static str);

#[requires_scope("vehicles:read")]
async fn read_vehicle(Path(id): Path<u32>) -> String {
    format!("vehicle {id}")
}

#[requires_scope(any(all("vehicles:read", "vehicles:write"), "a.b"))]
async fn delete_vehicle(State(cars): State<Cars>, Path(id): Path<u32>) -> String {
    format!("deleted {id} of {}", cars.0)
}

#[requires_scope("vehicles:write", via = "api_key")]
#[requires_auth(via = "operator")]
#[requires_scope(any("vehicles:write", all("vehicles:read", "a.b")), via = "oauth2")]
async fn write_vehicle() -> &'static str {
    "written"
}

#[requires_auth]
async fn whoami(grant: Grant) -> String {
    let mode = grant.mode().map_or("?", AuthMode::as_str);
    format!("{} via {mode}, {}", grant.subject().unwrap_or("?"), grant.assurance().unwrap_or("unverified"))
}

#[optional_auth]
async fn search(grant: Option<Grant>) -> String {
    grant.map_or("nobody".to_owned(), |grant| grant.subject().unwrap_or("?").to_owned())
}

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

/// The typed router, as a service would write it.
pub fn router() -> Router<Cars> {
    let vehicles = Router::new()
        .route("/{vehicle}", get(read_vehicle).put(write_vehicle).delete(delete_vehicle))
        .route_layer(axum::middleware::from_fn(async |request: Request, next: axum::middleware::Next| {
            next.run(request).await
        }));
    let pages = Router::new().route("/health", get(health)).route("/todo", get(Todo::answer));
    Router::new()
        .nest("/vehicles", vehicles)
        .merge(pages)
        .route("/whoami", get(whoami))
        .route("/search", get(search))
        .nest_service("/files", scopes::requires(Scope::VehiclesRead, any_file()))
        .route("/docs/{*page}", get(scopes::public(PublicReason::OpenData, async || "docs")))
}

/// A service that is no handler.
fn any_file() -> axum::routing::MethodRouter {
    axum::routing::any(|OriginalUri(uri): OriginalUri| async move { format!("file {uri}") })
}

/// The service as it is served: compared with the table, its state provided, credentials checked.
pub fn app() -> impl Served {
    let router: Router = router().with_state(Cars("all"));
    authenticated(router.guarded::<Scope>().unwrap_or_else(|mismatch| panic!("{mismatch}")))
}

pub fn authenticated(service: impl Served) -> impl Served {
    AuthenticateLayer::new(Speaking { at_once: true }).layer(service)
}

pub fn authenticated_later(service: impl Served) -> impl Served {
    AuthenticateLayer::new(Speaking { at_once: false }).layer(service)
}

/// A route decided where it is registered, outside the table: for routers that serve a part.
pub fn any_route<H, T>(handler: H) -> scopewright::axum::MethodRouter<Cars>
where
    H: axum::handler::Handler<T, Cars> + scopewright::axum::Decided<T, Cars>,
    T: 'static,
{
    any(handler)
}
