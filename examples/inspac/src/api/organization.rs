//! The organisation's settings: its keys and their scopes. For signed-in administrators; no key opens this.

use axum::Json;
use example_keyring::keys::{self, Expiry, IssuedKey, Key, KeyState};
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_auth;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::audit::{AuditedKey, audit_keys};
use crate::caller::{Created, Organisation, created};
use crate::credentials::KEY_PREFIX;
use crate::error::{ApiError, ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::scopes::Scope;
use crate::state::AppState;
use crate::values::Name;

/// A key as it may be shown at any time.
#[derive(Serialize, ToSchema)]
struct ApiKey {
    id: String,
    name: String,
    /// How the secret begins, to tell one key from another.
    hint: String,
    scopes: Vec<String>,
    state: ApiKeyState,
    created_at: String,
    expires_at: Option<String>,
    rotated_at: Option<String>,
    revoked_at: Option<String>,
}

/// A key with its secret, which is shown this once.
#[derive(Serialize, ToSchema)]
struct ApiKeyWithSecret {
    #[serde(flatten)]
    key: ApiKey,
    secret: String,
}

/// A new key.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewApiKey {
    name: Name,
    /// One or more scopes.
    #[schema(value_type = Vec<String>, min_items = 1)]
    scopes: Vec<Scope>,
    /// Never, if it is left out.
    expires_in_days: Option<u16>,
}

/// All scopes a key is to have from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeyScopes {
    /// None of them leaves a key that is valid and opens nothing.
    #[schema(value_type = Vec<String>)]
    scopes: Vec<Scope>,
}

impl From<Key> for ApiKey {
    fn from(key: Key) -> Self {
        let Key { id, owner: _, name, hint, scopes, state, created_at, expires_at, rotated_at, revoked_at } =
            key;
        Self { id, name, hint, scopes, state: state.into(), created_at, expires_at, rotated_at, revoked_at }
    }
}

impl From<IssuedKey> for ApiKeyWithSecret {
    fn from(IssuedKey { key, secret }: IssuedKey) -> Self {
        Self { key: key.into(), secret }
    }
}

/// Whether a key opens anything.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ApiKeyState {
    Active,
    Expired,
    Revoked,
}

impl From<KeyState> for ApiKeyState {
    fn from(state: KeyState) -> Self {
        match state {
            KeyState::Active => Self::Active,
            KeyState::Expired => Self::Expired,
            KeyState::Revoked => Self::Revoked,
        }
    }
}

/// How an audit looks.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// For how many days a scope opened nothing to be called unused; 90, if it is left out.
    unused_for_days: Option<u16>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(list_keys, create_key))
        .routes(routes!(get_key, revoke_key))
        .routes(routes!(replace_key_scopes))
        .routes(routes!(rotate_key))
        .routes(routes!(audit_scopes))
}

/// List the organisation's keys.
#[utoipa::path(
    get,
    path = "/organization/keys",
    tag = "organization",
    responses((status = 200, description = "What was asked for.", body = [ApiKey]), Problems)
)]
#[requires_auth(via = "admin_session")]
async fn list_keys(organisation: Organisation) -> ApiResult<Json<Vec<ApiKey>>> {
    let found = organisation.read(|rows| {
        let (connection, owner) = rows.parts();
        Ok(keys::list(connection, &owner.to_string())?)
    });
    Ok(Json(found.await?.into_iter().map(ApiKey::from).collect()))
}

/// Create a key with one or more scopes.
#[utoipa::path(
    post,
    path = "/organization/keys",
    tag = "organization",
    request_body = NewApiKey,
    responses((status = 201, description = "What was made.", body = ApiKeyWithSecret), Problems)
)]
#[requires_auth(via = "admin_session")]
async fn create_key(
    organisation: Organisation,
    Body(new): Body<NewApiKey>,
) -> ApiResult<Created<ApiKeyWithSecret>> {
    if new.scopes.is_empty() {
        return Err(ApiError::Invalid("a key is given one or more scopes".to_owned()));
    }
    let issued = organisation.write(move |rows| {
        let (connection, owner) = rows.parts();
        let new = keys::NewKey {
            prefix: KEY_PREFIX,
            owner: &owner.to_string(),
            name: new.name.as_str(),
            scopes: &names(&new.scopes),
            expiry: new.expires_in_days.map_or(Expiry::Never, |days| Expiry::InDays(days.into())),
        };
        Ok(keys::issue(connection, &new)?)
    });
    Ok(created(issued.await?.into()))
}

/// Retrieve a key.
#[utoipa::path(
    get,
    path = "/organization/keys/{id}",
    tag = "organization",
    params(("id" = String, Path)),
    responses((status = 200, description = "What was asked for.", body = ApiKey), Problems)
)]
#[requires_auth(via = "admin_session")]
async fn get_key(organisation: Organisation, Path(id): Path<String>) -> ApiResult<Json<ApiKey>> {
    let found = organisation.read(move |rows| {
        let (connection, owner) = rows.parts();
        Ok(keys::get(connection, &owner.to_string(), &id)?)
    });
    Ok(Json(found.await?.into()))
}

/// Change a key's scopes, from its next request on.
#[utoipa::path(
    put,
    path = "/organization/keys/{id}/scopes",
    tag = "organization",
    params(("id" = String, Path)),
    request_body = KeyScopes,
    responses((status = 200, description = "What was asked for.", body = ApiKey), Problems)
)]
#[requires_auth(via = "admin_session")]
async fn replace_key_scopes(
    organisation: Organisation,
    Path(id): Path<String>,
    Body(KeyScopes { scopes }): Body<KeyScopes>,
) -> ApiResult<Json<ApiKey>> {
    let changed = organisation.write(move |rows| {
        let (connection, owner) = rows.parts();
        Ok(keys::replace_scopes(connection, &owner.to_string(), &id, &names(&scopes))?)
    });
    Ok(Json(changed.await?.into()))
}

/// Give a key a new secret; the old one stops working.
#[utoipa::path(
    post,
    path = "/organization/keys/{id}/rotate",
    tag = "organization",
    params(("id" = String, Path)),
    responses((status = 200, description = "What was asked for.", body = ApiKeyWithSecret), Problems)
)]
#[requires_auth(via = "admin_session")]
async fn rotate_key(organisation: Organisation, Path(id): Path<String>) -> ApiResult<Json<ApiKeyWithSecret>> {
    let rotated = organisation.write(move |rows| {
        let (connection, owner) = rows.parts();
        Ok(keys::rotate(connection, &owner.to_string(), &id, KEY_PREFIX)?)
    });
    Ok(Json(rotated.await?.into()))
}

/// Revoke a key for good. It stays visible.
#[utoipa::path(
    delete,
    path = "/organization/keys/{id}",
    tag = "organization",
    params(("id" = String, Path)),
    responses((status = 200, description = "What was asked for.", body = ApiKey), Problems)
)]
#[requires_auth(via = "admin_session")]
async fn revoke_key(organisation: Organisation, Path(id): Path<String>) -> ApiResult<Json<ApiKey>> {
    let revoked = organisation.write(move |rows| {
        let (connection, owner) = rows.parts();
        Ok(keys::revoke(connection, &owner.to_string(), &id)?)
    });
    Ok(Json(revoked.await?.into()))
}

/// Audit the keys in use: which scopes they have, and which of them open nothing.
#[utoipa::path(
    get,
    path = "/organization/scope-audit",
    tag = "organization",
    params(AuditQuery),
    responses((status = 200, description = "What was asked for.", body = [AuditedKey]), Problems)
)]
#[requires_auth(via = "admin_session")]
async fn audit_scopes(
    organisation: Organisation,
    Query(query): Query<AuditQuery>,
) -> ApiResult<Json<Vec<AuditedKey>>> {
    let days = query.unused_for_days.unwrap_or(90);
    if days == 0 {
        return Err(ApiError::Invalid("an audit looks back for one day or more".to_owned()));
    }
    let audited = organisation.read(move |rows| {
        let (connection, organisation_id) = rows.parts();
        audit_keys(connection, organisation_id, days)
    });
    audited.await.map(Json)
}

fn names(scopes: &[Scope]) -> Vec<&'static str> {
    scopes.iter().map(|scope| scope.as_str()).collect()
}
