//! How long a recording is kept, and who said that it is kept longer or shorter.

use axum::Json;
use axum::http::StatusCode;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::Recording;
use crate::db::Store;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Body, Path};
use crate::state::AppState;
use crate::tenant::Tenant;
use crate::values::{Moment, Note};

#[derive(Serialize)]
struct Retention {
    recording_id: i64,
    /// What applies if nobody says otherwise.
    default_keep_until: String,
    #[serde(rename = "override")]
    exception: Option<Exception>,
}

#[derive(Deserialize, Serialize)]
struct Exception {
    keep_until: String,
    reason: String,
    set_by: String,
    set_at: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewException {
    keep_until: Moment,
    reason: Note,
}

#[derive(Serialize)]
struct ExceptionRow {
    recording_id: i64,
    keep_until: Moment,
    reason: Note,
    set_by: String,
}

#[derive(Serialize)]
struct OfRecording {
    recording_id: i64,
}

pub(super) fn routes() -> Router<AppState> {
    let methods = get(get_retention).put(set_retention_override).delete(remove_retention_override);
    Router::new().route("/{id}/retention", methods)
}

#[requires_scope("read:recordings")]
async fn get_retention(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Retention>> {
    tenant.read(move |store| read(store, id)).await.map(Json)
}

#[requires_scope("write:recordings")]
async fn set_retention_override(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(exception): Body<NewException>,
) -> ApiResult<Json<Retention>> {
    let row = ExceptionRow {
        recording_id: id,
        keep_until: exception.keep_until,
        reason: exception.reason,
        set_by: tenant.actor(),
    };
    tenant
        .write(move |store| {
            store.get::<Recording>(id)?;
            store.run(
                "INSERT INTO retention_overrides (recording_id, organisation_id, keep_until, reason, set_by)
                 VALUES (:recording_id, :organisation_id, :keep_until, :reason, :set_by)
                 ON CONFLICT (recording_id) DO UPDATE
                 SET keep_until = excluded.keep_until, reason = excluded.reason, set_by = excluded.set_by,
                     set_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
                &row,
            )?;
            read(store, id)
        })
        .await
        .map(Json)
}

#[requires_scope("write:recordings")]
async fn remove_retention_override(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    tenant
        .write(move |store| {
            store.get::<Recording>(id)?;
            let removed = store.run(
                "DELETE FROM retention_overrides
                 WHERE organisation_id = :organisation_id AND recording_id = :recording_id",
                &OfRecording { recording_id: id },
            )?;
            match removed {
                0 => Err(ApiError::NotFound(format!("the recording {id} has no retention override"))),
                _ => Ok(StatusCode::NO_CONTENT),
            }
        })
        .await
}

fn read(store: Store<'_>, id: i64) -> ApiResult<Retention> {
    let recording: Recording = store.get(id)?;
    let exception = store.find(
        "SELECT keep_until, reason, set_by, set_at FROM retention_overrides
         WHERE organisation_id = :organisation_id AND recording_id = :recording_id",
        &OfRecording { recording_id: id },
    )?;
    Ok(Retention { recording_id: id, default_keep_until: recording.keep_until, exception })
}
