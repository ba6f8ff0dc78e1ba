//! The service under test, and an authenticator whose credentials say what they are.

use crate::client::{Reply, send};
use crate::scopes::{AuthMode, Grant, Scope};
use crate::served::Served;
use scopewright::axum::routing::get;
use scopewright::axum::{AuthenticateLayer, Router};
use scopewright::{Presented, Rejection, authenticate_with};
use scopewright::{public, requires_auth, requires_scope};

#[requires_auth(via = "verified_jwt")]
async fn read_config() -> &'static str {
    "config"
}

#[requires_scope("read", via = "jwt")]
#[requires_scope("write", via = "verified_jwt")]
async fn write_config() -> &'static str {
    "written"
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

#[requires_auth(via = "jwt")]
async fn keys() -> &'static str {
    "keys"
}

#[requires_scope("read")]
async fn things(grant: Grant) -> String {
    format!("{} unknown", grant.unknown_scopes())
}

/// The service as it is served: compared with the table, credentials checked.
pub fn app() -> impl Served {
    let router = Router::new()
        .route("/config", get(read_config).put(write_config))
        .route("/health", get(health))
        .route("/keys", get(keys))
        .route("/things", get(things));
    let router = router.guarded::<Scope>().unwrap_or_else(|mismatch| panic!("{mismatch}"));
    router.layer(AuthenticateLayer::new(authenticate_with(answer)))
}

/// A key is `k_` and its scopes, a token `verified:` or nothing and its scopes; `bad` is not valid, `down` can't be checked.
fn answer(presented: &Presented<'_, Scope>) -> Result<Grant, Rejection> {
    let secret = presented.secret();
    let (mode, names) = match (presented.mode(), secret.strip_prefix("verified:")) {
        (Some(AuthMode::Jwt), Some(names)) => (AuthMode::VerifiedJwt, names),
        (Some(mode), _) => (mode, secret.strip_prefix("k_").unwrap_or(secret)),
        (None, _) => return Err(Rejection::Invalid),
    };
    if names == "bad" {
        return Err(Rejection::Invalid);
    }
    if names == "down" {
        return Err(Rejection::Unavailable);
    }
    Ok(Grant::from_scopes(mode, names.split('+').filter(|name| !name.is_empty())))
}

/// One request, with a key or a token if one is named.
pub async fn call(method: &str, path: &str, credential: Option<&str>) -> Reply {
    match credential {
        None => send(app(), method, path, &[]).await,
        Some(key) if key.starts_with("k_") => send(app(), method, path, &[("x-api-key", key)]).await,
        Some(token) => send(app(), method, path, &[("authorization", &format!("Bearer {token}"))]).await,
    }
}

/// The status of a request into which a layer of the service's own has put a grant.
pub async fn call_with(grant: Grant, path: &str) -> u16 {
    let app = tower::Layer::layer(&axum::Extension(grant), app());
    send(app, "GET", path, &[]).await.status
}
