//! Keys of an External App: made, rotated, revoked.

use axum::http::StatusCode;
use axum::routing::{delete, post};
use axum::{Json, Router};
use serde::Deserialize;

use super::Administration;
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

// decision: requires_auth(via = "operator")
async fn create_key(
    admin: Administration,
    Path(id): Path<i64>,
    Body(key): Body<NewKey>,
) -> ApiResult<Created<IssuedKey>> {
    admin.database.write(move |transaction| keys::issue(transaction, id, &key)).await.map(created)
}

// decision: requires_auth(via = "operator")
async fn revoke_key(
    admin: Administration,
    Path(KeyPath { id, key_id }): Path<KeyPath>,
) -> ApiResult<StatusCode> {
    admin.database.write(move |transaction| keys::revoke(transaction, id, key_id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

// decision: requires_auth(via = "operator")
async fn rotate_key(
    admin: Administration,
    Path(KeyPath { id, key_id }): Path<KeyPath>,
    Body(rotation): Body<Rotation>,
) -> ApiResult<Json<IssuedKey>> {
    admin
        .database
        .write(move |transaction| keys::rotate(transaction, id, key_id, &rotation.additional_scopes))
        .await
        .map(Json)
}
