//! Archived recordings: what there is, its bytes, and how long it is kept.

mod clips;
mod retention;

use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rmcp::schemars::{self, JsonSchema};
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::db::{Filter, entity};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Path, Query};
use crate::media::MediaStore;
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::Tenant;
use crate::values::Moment;

#[derive(Deserialize, Serialize)]
pub(super) struct Recording {
    id: i64,
    camera_id: Option<i64>,
    starts_at: Moment,
    ends_at: Moment,
    keep_until: String,
    bytes: i64,
    sha256: String,
    #[serde(skip_serializing)]
    file: String,
}

entity!(Recording, "recording" => "recordings", newest_first = true);

#[derive(Deserialize, JsonSchema, Serialize)]
pub(super) struct RecordingFilter {
    camera_id: Option<i64>,
    #[schemars(with = "Option<String>")]
    from: Option<Moment>,
    #[schemars(with = "Option<String>")]
    to: Option<Moment>,
}

impl Filter for RecordingFilter {
    type Row = Recording;
    const WHERE: &'static str = "
        (:camera_id IS NULL OR camera_id = :camera_id)
        AND (:from IS NULL OR ends_at > :from)
        AND (:to IS NULL OR starts_at < :to)";
}

pub(super) fn routes() -> Router<AppState> {
    let recordings = Router::new()
        .route("/", get(list_recordings))
        .route("/{id}", get(get_recording))
        .route("/{id}/download", get(download_recording))
        .merge(retention::routes());
    Router::new().nest("/recordings", recordings).nest("/recordings/clips", clips::routes())
}

#[requires_scope("read:recordings")]
async fn list_recordings(
    tenant: Tenant,
    Query(filter): Query<RecordingFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Recording>>> {
    tenant.list(filter, page).await
}

#[requires_scope("read:recordings")]
async fn get_recording(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Recording>> {
    tenant.get(id).await
}

#[requires_scope("read:recordings")]
async fn download_recording(
    tenant: Tenant,
    State(state): State<AppState>,
    Path(id): Path<i64>,
) -> ApiResult<Response> {
    let Json(recording): Json<Recording> = tenant.get(id).await?;
    send_video(state.media, recording.file, format!("recording-{id}.y4m")).await
}

/// The bytes of a stored video, to be saved under `name`.
async fn send_video(media: MediaStore, file: String, name: String) -> ApiResult<Response> {
    let read = tokio::task::spawn_blocking(move || media.read(&file));
    let contents = read.await.map_err(ApiError::internal)??;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(CONTENT_TYPE, "video/x-yuv4mpeg".to_owned()), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, contents).into_response())
}
