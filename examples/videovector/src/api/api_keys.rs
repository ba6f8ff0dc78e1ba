//! API keys: made, looked at, rotated, revoked and removed by people. A key cannot manage keys.

use actix_web::HttpResponse;
use actix_web::web::Path;
use example_keyring::keys::{self, Expiry, Key, KeyError, NewKey};
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{delete, get, post};
use scopewright::requires_auth;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::body::NoBody;
use crate::caller::Caller;
use crate::error::{ApiError, ApiResult};
use crate::scopes::Scope;
use crate::values::{Days, Name};
use crate::workspace::{Workspace, Write};

/// How the secret of a key begins.
pub(crate) const PREFIX: &str = "sk_live_";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedKey {
    name: Name,
    scopes: Vec<Scope>,
    /// Without it the key works until it is revoked.
    expires_in_days: Option<Days>,
}

/// All keys of a workspace, in use or not; there are never so many that they would need pages.
#[derive(Serialize)]
struct Keys {
    items: Vec<Key>,
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(create_api_key)
        .service(list_api_keys)
        .service(get_api_key)
        .service(rotate_api_key)
        .service(revoke_api_key)
        .service(delete_api_key);
}

/// The answer is the only one that ever carries the key's secret.
#[requires_auth(via = "jwt")]
#[post("/api-keys")]
async fn create_api_key(write: Write<WantedKey>) -> ApiResult<HttpResponse> {
    write
        .run_if(
            |_, caller, wanted| grantable(caller, &wanted.scopes),
            |store, wanted| {
                let scopes: Vec<_> = wanted.scopes.iter().map(|scope| scope.as_str()).collect();
                let issued = keys::issue(
                    store.connection,
                    &NewKey {
                        prefix: PREFIX,
                        owner: store.workspace,
                        name: wanted.name.as_str(),
                        scopes: &scopes,
                        expiry: wanted.expires_in_days.map_or(Expiry::Never, |days| Expiry::InDays(days.0)),
                    },
                )?;
                Ok(Answer::created(format!("/api/v2/api-keys/{}", issued.key.id), &issued))
            },
        )
        .await
}

#[requires_auth(via = "jwt")]
#[get("/api-keys")]
async fn list_api_keys(workspace: Workspace) -> ApiResult<HttpResponse> {
    workspace.read(|store| Ok(Keys { items: keys::list(store.connection, store.workspace)? })).await
}

#[requires_auth(via = "jwt")]
#[get("/api-keys/{key_id}")]
async fn get_api_key(workspace: Workspace, id: Path<String>) -> ApiResult<HttpResponse> {
    workspace.read(move |store| Ok(keys::get(store.connection, store.workspace, &id)?)).await
}

/// The same key with a new secret; the old one stops working with this answer.
#[requires_auth(via = "jwt")]
#[post("/api-keys/{key_id}/rotate")]
async fn rotate_api_key(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    let id = id.into_inner();
    let asked = id.clone();
    write
        .run_if(
            move |store, caller, _| match keys::get(store.connection, store.workspace, &asked) {
                // Whoever is shown a secret holds what it opens.
                Ok(key) => {
                    let scopes: Vec<_> = key.scopes.iter().filter_map(|name| name.parse().ok()).collect();
                    grantable(caller, &scopes)
                }
                // What is gone opens nothing.
                Err(KeyError::Unknown(_)) => Ok(()),
                Err(error) => Err(error.into()),
            },
            move |store, _| Ok(Answer::ok(&keys::rotate(store.connection, store.workspace, &id, PREFIX)?)),
        )
        .await
}

#[requires_auth(via = "jwt")]
#[post("/api-keys/{key_id}/revoke")]
async fn revoke_api_key(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write.run(move |store, _| Ok(Answer::ok(&keys::revoke(store.connection, store.workspace, &id)?))).await
}

#[requires_auth(via = "jwt")]
#[delete("/api-keys/{key_id}")]
async fn delete_api_key(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, _| {
            keys::delete(store.connection, store.workspace, &id)?;
            Ok(Answer::no_content())
        })
        .await
}

/// Whether the session holds each of the scopes: nobody hands out more than they have.
fn grantable(caller: &Caller, scopes: &[Scope]) -> ApiResult<()> {
    if scopes.is_empty() {
        return Err(ApiError::Invalid("a key has at least one scope".to_owned()));
    }
    match scopes.iter().find(|scope| !caller.holds(**scope)) {
        Some(excess) => Err(ApiError::ScopeNotHeld(excess.as_str())),
        None => Ok(()),
    }
}
