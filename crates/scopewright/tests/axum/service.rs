//! The service under test: every route of the policy's table, and an authenticator whose credentials say what they are.

use crate::scopes::{self, AuthMode, Grant, PublicReason, Scope};
use axum::extract::{OriginalUri, Path, Request, State};
use scopewright::axum::routing::{any, get};
use scopewright::axum::{Authenticate, AuthenticateLayer, Presented, Rejection, Router};
use scopewright::{optional_auth, public, requires_auth, requires_scope, scope_todo};

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
pub fn app() -> axum::Router {
    let router = router().guarded::<Scope>().unwrap_or_else(|mismatch| panic!("{mismatch}"));
    authenticated(router.with_state(Cars("all")))
}

pub fn authenticated(router: axum::Router) -> axum::Router {
    router.layer(AuthenticateLayer::new(Speaking { at_once: true }))
}

pub fn authenticated_later(router: axum::Router) -> axum::Router {
    router.layer(AuthenticateLayer::new(Speaking { at_once: false }))
}

/// Credentials that say what they are: `vehicles:read+a.b`, after a prefix if the mode has one, are those scopes;
/// `bad` is not valid, `down` can't be checked.
struct Speaking {
    at_once: bool,
}

impl Speaking {
    fn answer(presented: &Presented<'_, Scope>) -> Result<Grant, Rejection> {
        let secret = presented.secret();
        let secret = secret.strip_prefix("k_").or_else(|| secret.strip_prefix("op_")).unwrap_or(secret);
        match (presented.mode(), secret) {
            (None, _) | (_, "bad") => Err(Rejection::Invalid),
            (_, "down") => Err(Rejection::Unavailable),
            (_, "other-mode") => Ok(Grant::new(AuthMode::Mtls)),
            (Some(mode), names) => {
                Ok(Grant::from_scopes(mode, names.split('+').filter(|name| !name.is_empty()))
                    .with_subject("Ada"))
            }
        }
    }
}

impl Authenticate for Speaking {
    type Catalogue = Scope;

    fn authenticate_now(&self, presented: &Presented<'_, Scope>) -> Option<Result<Grant, Rejection>> {
        self.at_once.then(|| Self::answer(presented))
    }

    async fn authenticate(&self, presented: Presented<'_, Scope>) -> Result<Grant, Rejection> {
        tokio::task::yield_now().await;
        Self::answer(&presented)
    }
}

/// A route decided where it is registered, outside the table: for routers that serve a part.
pub fn any_route<H, T>(handler: H) -> scopewright::axum::MethodRouter<Cars>
where
    H: axum::handler::Handler<T, Cars> + scopewright::axum::Decided<T>,
    T: 'static,
{
    any(handler)
}
