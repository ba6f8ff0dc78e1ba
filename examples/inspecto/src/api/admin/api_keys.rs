//! API keys: created with their scopes, listed, revoked. Nothing here changes the scopes of one.

use actix_web::web::{Data, Json, Path};
use example_keyring::Database;
use example_keyring::keys::{IssuedKey, Key};
use scopewright::requires_auth;
use serde::Serialize;

use crate::api::{Created, created, read, write};
use crate::body::Body;
use crate::credentials::keys::{self, KeyRequest};
use crate::error::ApiResult;
use crate::scopes::Scope;
use scopewright::actix::web::{self, ServiceConfig};

#[derive(Serialize)]
struct Keys {
    items: Vec<Key>,
}

#[derive(Serialize)]
struct Scopes {
    items: Vec<ScopeEntry>,
}

/// A scope as an administrator chooses it.
#[derive(Serialize)]
struct ScopeEntry {
    name: &'static str,
    status: &'static str,
    grantable: bool,
    /// What else a key with this scope may do.
    implies: Vec<&'static str>,
}

pub(super) fn configure(service: &mut ServiceConfig) {
    service
        .service(web::resource("/scopes").route(web::get().to(list_scopes)))
        .service(
            web::resource("/api-keys")
                .route(web::get().to(list_api_keys))
                .route(web::post().to(create_api_key)),
        )
        .service(web::resource("/api-keys/{id}").route(web::get().to(get_api_key)))
        .service(web::resource("/api-keys/{id}/revoke").route(web::post().to(revoke_api_key)));
}

#[requires_auth(via = "administrator")]
async fn list_scopes() -> Json<Scopes> {
    let names = |scopes: &'static [Scope]| scopes.iter().map(|scope| scope.as_str()).collect();
    let items = Scope::ALL
        .iter()
        .map(|scope| ScopeEntry {
            name: scope.as_str(),
            status: scope.status().as_str(),
            grantable: scope.status().is_live(),
            implies: names(scope.implies()),
        })
        .collect();
    Json(Scopes { items })
}

#[requires_auth(via = "administrator")]
async fn list_api_keys(database: Data<Database>) -> ApiResult<Json<Keys>> {
    read(&database, |store| keys::list(store.0)).await.map(|items| Json(Keys { items }))
}

/// The only answer that carries the key's secret.
#[requires_auth(via = "administrator")]
async fn create_api_key(
    database: Data<Database>,
    Body(request): Body<KeyRequest>,
) -> ApiResult<Created<IssuedKey>> {
    write(&database, move |store| keys::create(store.0, &request)).await.map(created)
}

#[requires_auth(via = "administrator")]
async fn get_api_key(database: Data<Database>, id: Path<String>) -> ApiResult<Json<Key>> {
    read(&database, move |store| keys::get(store.0, &id)).await.map(Json)
}

#[requires_auth(via = "administrator")]
async fn revoke_api_key(database: Data<Database>, id: Path<String>) -> ApiResult<Json<Key>> {
    write(&database, move |store| keys::revoke(store.0, &id)).await.map(Json)
}
