//! Keys of an External App: made, rotated, revoked.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use scopewright::axum::Router;
use scopewright::axum::routing::{delete, post};
use scopewright::requires_auth;
use serde::Deserialize;

use crate::credentials::ScopeList;
use crate::credentials::keys::{self, IssuedKey, NewKey};
use crate::error::ApiResult;
use crate::extract::{Body, Path};
use crate::state::AppState;
use crate::tenant::{Created, created};

#[derive(Deserialize)]
struct KeyPath {
    id: i64,
    key_id: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    #[serde(default)]
    additional_scopes: ScopeList,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/{id}/keys", post(create_key))
        .route("/{id}/keys/{key_id}", delete(revoke_key))
        .route("/{id}/keys/{key_id}/rotate", post(rotate_key))
}

#[requires_auth(via = "operator")]
async fn create_key(
    State(state): State<AppState>,
    Path(id): Path<i64>,
    Body(key): Body<NewKey>,
) -> ApiResult<Created<IssuedKey>> {
    state.database.write(move |transaction| keys::issue(transaction, id, &key)).await.map(created)
}

#[requires_auth(via = "operator")]
async fn revoke_key(
    State(state): State<AppState>,
    Path(KeyPath { id, key_id }): Path<KeyPath>,
) -> ApiResult<StatusCode> {
    state.database.write(move |transaction| keys::revoke(transaction, id, key_id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[requires_auth(via = "operator")]
async fn rotate_key(
    State(state): State<AppState>,
    Path(KeyPath { id, key_id }): Path<KeyPath>,
    Body(rotation): Body<Rotation>,
) -> ApiResult<Json<IssuedKey>> {
    state
        .database
        .write(move |transaction| keys::rotate(transaction, id, key_id, &rotation.additional_scopes))
        .await
        .map(Json)
}
