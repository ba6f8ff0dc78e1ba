//! Clips: asked for, cut out of a recording by the worker, then there to download.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::{Recording, send_video};
use crate::db::{Filter, entity};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::Tenant;
use crate::values::Moment;

#[derive(Deserialize, Serialize)]
struct Clip {
    id: i64,
    recording_id: i64,
    starts_at: String,
    ends_at: String,
    status: Status,
    bytes: Option<i64>,
    error: Option<String>,
    requested_by: String,
    requested_at: String,
    finished_at: Option<String>,
    #[serde(skip_serializing)]
    file: Option<String>,
}

entity!(Clip, "clip" => "clips", newest_first = true);

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Queued,
    Done,
    Failed,
}

#[derive(Deserialize, Serialize)]
struct ClipFilter {
    recording_id: Option<i64>,
    status: Option<Status>,
}

impl Filter for ClipFilter {
    type Row = Clip;
    const WHERE: &'static str = "
        (:recording_id IS NULL OR recording_id = :recording_id)
        AND (:status IS NULL OR status = :status)";
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewClip {
    recording_id: i64,
    starts_at: Moment,
    ends_at: Moment,
}

#[derive(Serialize)]
struct ClipRow {
    recording_id: i64,
    starts_at: Moment,
    ends_at: Moment,
    requested_by: String,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_clips).post(request_clip))
        .route("/{id}", get(get_clip))
        .route("/{id}/download", get(download_clip))
}

#[requires_scope("read:recordings")]
async fn list_clips(
    tenant: Tenant,
    Query(filter): Query<ClipFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Clip>>> {
    tenant.list(filter, page).await
}

/// Queues a clip. It is there to download once its status is `done`.
#[requires_scope("write:recordings")]
async fn request_clip(
    tenant: Tenant,
    State(state): State<AppState>,
    Body(clip): Body<NewClip>,
) -> ApiResult<(StatusCode, Json<Clip>)> {
    let row = ClipRow {
        recording_id: clip.recording_id,
        starts_at: clip.starts_at,
        ends_at: clip.ends_at,
        requested_by: tenant.actor(),
    };
    let clip = tenant
        .write(move |store| {
            let recording: Recording = store.get(row.recording_id)?;
            let within = recording.starts_at <= row.starts_at && row.ends_at <= recording.ends_at;
            if !within || row.starts_at >= row.ends_at {
                return Err(ApiError::Invalid("a clip is a span within its recording".to_owned()));
            }
            store.insert(&row)
        })
        .await?;
    state.queued.notify_one();
    Ok((StatusCode::ACCEPTED, Json(clip)))
}

#[requires_scope("read:recordings")]
async fn get_clip(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Clip>> {
    tenant.get(id).await
}

#[requires_scope("read:recordings")]
async fn download_clip(
    tenant: Tenant,
    State(state): State<AppState>,
    Path(id): Path<i64>,
) -> ApiResult<Response> {
    let Json(clip): Json<Clip> = tenant.get(id).await?;
    let file =
        clip.file.ok_or_else(|| ApiError::Conflict(format!("the clip {id} is not there to download")))?;
    send_video(state.media, file, format!("clip-{id}.y4m")).await
}
