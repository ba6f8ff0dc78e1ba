//! One service under two frameworks, and an authenticator whose credentials say what they are.

use crate::client::serve;
use crate::scopes::{AuthMode, Grant, Scope};
use crate::served::Served;
use axum::ServiceExt as _;
use scopewright::{Authenticate, Presented, Rejection};
use scopewright::{optional_auth, public, requires_auth, requires_scope, scope_todo};
use std::net::SocketAddr;
use std::sync::{LazyLock, Mutex, mpsc};
use std::time::{SystemTime, UNIX_EPOCH};

/// Every secret that the authenticator was shown.
pub static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[requires_auth(via = "fresh_token")]
async fn config() -> &'static str {
    "config"
}

#[requires_auth(via = "session")]
async fn console() -> &'static str {
    "console"
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

#[optional_auth]
async fn items(grant: Option<Grant>) -> String {
    format!("items for {}", grant.and_then(|grant| grant.mode()).map_or("everybody", AuthMode::as_str))
}

#[requires_scope("read")]
async fn things() -> &'static str {
    "things"
}

#[scope_todo("T-1")]
async fn todo() -> &'static str {
    "never"
}

#[requires_auth]
async fn whoami(grant: Grant) -> &'static str {
    grant.mode().map_or("?", AuthMode::as_str)
}

/// `old` is not valid and `down` can't be checked. `fresh@N` is a token whose user authenticated N seconds ago, anything
/// else the scopes it holds.
fn answer(presented: &Presented<'_, Scope>) -> Result<Grant, Rejection> {
    let secrets = AuthMode::ALL.iter().filter_map(|mode| presented.secret_of(*mode));
    SEEN.lock().unwrap().extend(secrets.map(str::to_owned));
    let mode = presented.mode().ok_or(Rejection::Invalid)?;
    match presented.secret() {
        "old" => Err(Rejection::Invalid),
        "down" => Err(Rejection::Unavailable),
        secret => match secret.strip_prefix("fresh@") {
            Some(ago) => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
                let then = now.wrapping_add_signed(-ago.parse::<i64>().unwrap());
                Ok(Grant::from_scopes(AuthMode::FreshToken, ["read"]).with_auth_time(then))
            }
            None => Ok(Grant::from_scopes(mode, secret.split('+'))),
        },
    }
}

/// Answers at once, or after waiting, when the request is not looked at any more.
#[derive(Clone, Copy)]
struct Speaking {
    at_once: bool,
}

impl Authenticate for Speaking {
    type Catalogue = Scope;

    fn authenticate_now(&self, presented: &Presented<'_, Scope>) -> Option<Result<Grant, Rejection>> {
        self.at_once.then(|| answer(presented))
    }

    async fn authenticate(&self, presented: Presented<'_, Scope>) -> Result<Grant, Rejection> {
        answer(&presented)
    }
}

fn axum_router() -> scopewright::axum::GuardedService {
    use scopewright::axum::routing::get;
    let router = scopewright::axum::Router::new()
        .route("/config", get(config))
        .route("/console", get(console))
        .route("/health", get(health))
        .route("/items", get(items))
        .route("/things", get(things))
        .route("/todo", get(todo))
        .route("/whoami", get(whoami));
    router.guarded::<Scope>().unwrap_or_else(|mismatch| panic!("{mismatch}"))
}

fn serve_axum(app: impl Served) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            axum::serve(listener, app.into_make_service()).await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

fn axum(at_once: bool) -> SocketAddr {
    serve_axum(axum_router().layer(scopewright::axum::AuthenticateLayer::new(Speaking { at_once })))
}

/// The layer is forgotten.
pub fn axum_without_layer() -> SocketAddr {
    serve_axum(axum_router())
}

/// Middleware of the service's own looks for a credential, and finds none.
pub fn axum_with_own_middleware() -> SocketAddr {
    serve_axum(axum_router().layer(axum::Extension(scopewright::NoCredential)))
}

macro_rules! actix_routes {
    () => {{
        use scopewright::actix::{App, web};
        App::new()
            .route("/config", web::get().to(config))
            .route("/console", web::get().to(console))
            .route("/health", web::get().to(health))
            .route("/items", web::get().to(items))
            .route("/things", web::get().to(things))
            .route("/todo", web::get().to(todo))
            .route("/whoami", web::get().to(whoami))
    }};
}

fn actix(at_once: bool) -> SocketAddr {
    use scopewright::actix::{AuthenticateMiddleware, guarded};
    let authenticate = AuthenticateMiddleware::new(Speaking { at_once });
    let app = guarded::<Scope, _>(move || actix_routes!().wrap(authenticate.clone()));
    serve!(app.unwrap_or_else(|mismatch| panic!("{mismatch}")))
}

/// The middleware is forgotten.
pub fn actix_without_middleware() -> SocketAddr {
    let app = scopewright::actix::guarded::<Scope, _>(|| actix_routes!());
    serve!(app.unwrap_or_else(|mismatch| panic!("{mismatch}")))
}

/// The services: axum's and actix-web's, each answering at once and after waiting.
pub static SERVICES: LazyLock<[(&str, SocketAddr); 4]> = LazyLock::new(|| {
    [
        ("axum", axum(true)),
        ("axum, waiting", axum(false)),
        ("actix", actix(true)),
        ("actix, waiting", actix(false)),
    ]
});
