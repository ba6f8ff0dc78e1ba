//! One service under two frameworks, and an authenticator whose credentials say what they are.

use crate::client::serve;
use crate::scopes::{AuthMode, Grant, Scope};
use crate::served::Served;
use scopewright::{Authenticate, Presented, Rejection};
use scopewright::{optional_auth, public, requires_auth, requires_scope};
use std::net::SocketAddr;
use std::sync::{LazyLock, mpsc};

#[requires_auth(via = "paired")]
async fn devices() -> &'static str {
    "devices"
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

#[optional_auth]
async fn search() -> &'static str {
    "found"
}

#[requires_scope("read")]
async fn things(grant: Grant) -> String {
    grant.subject().unwrap_or("?").to_owned()
}

#[requires_scope("write", via = "full")]
async fn write_things() -> &'static str {
    "written"
}

/// Tells the mode and every secret there is. A first secret `bad` is not valid, `part` is answered with the mode of a
/// part, and `reader` reads.
fn answer(presented: &Presented<'_, Scope>) -> Result<Grant, Rejection> {
    let mode = presented.mode().ok_or(Rejection::Invalid)?;
    let secrets = AuthMode::ALL.iter().filter_map(|mode| presented.secret_of(*mode));
    let secrets = secrets.collect::<Vec<_>>().join("+");
    let granted = match presented.secret() {
        "bad" => return Err(Rejection::Invalid),
        "part" => return Ok(Grant::from_scopes(AuthMode::ApiKey, ["write"])),
        "reader" => "read",
        _ => "write",
    };
    Ok(Grant::from_scopes(mode, [granted]).with_subject(format!("{}: {secrets}", mode.as_str())))
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

fn axum_app(at_once: bool) -> impl Served {
    use scopewright::axum::routing::get;
    let router = scopewright::axum::Router::new()
        .route("/devices", get(devices))
        .route("/health", get(health))
        .route("/search", get(search))
        .route("/things", get(things).put(write_things));
    let router = router.guarded::<Scope>().unwrap_or_else(|mismatch| panic!("{mismatch}"));
    router.layer(scopewright::axum::AuthenticateLayer::new(Speaking { at_once }))
}

fn serve_axum(at_once: bool) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            sender.send(listener.local_addr().unwrap()).unwrap();
            let app = axum::ServiceExt::<axum::extract::Request>::into_make_service(axum_app(at_once));
            axum::serve(listener, app).await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

fn serve_actix(at_once: bool) -> SocketAddr {
    use scopewright::actix::{App, AuthenticateMiddleware, guarded, web};
    let authenticate = AuthenticateMiddleware::new(Speaking { at_once });
    let app = guarded::<Scope, _>(move || {
        App::new()
            .route("/devices", web::get().to(devices))
            .route("/health", web::get().to(health))
            .route("/search", web::get().to(search))
            .service(web::resource("/things").route(web::get().to(things)).route(web::put().to(write_things)))
            .wrap(authenticate.clone())
    });
    serve!(app.unwrap_or_else(|mismatch| panic!("{mismatch}")))
}

/// The services: axum's and actix-web's, each answering at once and after waiting.
pub static SERVICES: LazyLock<[(&str, SocketAddr); 4]> = LazyLock::new(|| {
    [
        ("axum", serve_axum(true)),
        ("axum, waiting", serve_axum(false)),
        ("actix", serve_actix(true)),
        ("actix, waiting", serve_actix(false)),
    ]
});
