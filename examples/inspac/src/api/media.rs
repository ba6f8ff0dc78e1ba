//! Attachments on their way, in three calls: announce an upload, put its bytes, complete it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request, State};
use example_keyring::sha256_hex;
use rusqlite::params;
use scopewright::axum::utoipa::router::UtoipaMethodRouterExt as _;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::attachments::AttachedTo;
use crate::caller::{Created, Organisation};
use crate::database::{Rows, resource};
use crate::error::{ApiError, ApiResult, Problems};
use crate::extract::{Body, Path};
use crate::state::AppState;
use crate::values::Name;

/// The largest attachment.
const MOST: usize = 16 * 1024 * 1024;

/// How far an upload has come.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum UploadState {
    Announced,
    Uploaded,
    Completed,
}

/// A file on its way to a row.
#[derive(Deserialize, Serialize, ToSchema)]
struct Upload {
    id: i64,
    file_name: String,
    content_type: String,
    /// How long the file is.
    bytes: i64,
    issue_id: Option<i64>,
    work_id: Option<i64>,
    run_id: Option<i64>,
    state: UploadState,
    /// Of the bytes that came, in hexadecimal digits.
    sha256: Option<String>,
    completed_at: Option<String>,
}

resource!(Upload, "upload" in "uploads");

/// Announces a file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUpload {
    attach_to: AttachedTo,
    id: i64,
    file_name: Name,
    content_type: Name,
    /// How long the file is: 1 byte to 16 MiB.
    #[schema(minimum = 1, maximum = 16_777_216)]
    bytes: usize,
}

/// The columns of a new upload.
#[derive(Serialize)]
struct NewRow {
    file_name: Name,
    content_type: Name,
    bytes: usize,
    issue_id: Option<i64>,
    work_id: Option<i64>,
    run_id: Option<i64>,
}

/// What the client knows about the bytes it sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Completion {
    /// SHA-256 of the file, in lower-case hexadecimal digits.
    sha256: String,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    let content = routes!(put_upload_content).layer(DefaultBodyLimit::max(MOST));
    OpenApiRouter::default().routes(routes!(create_upload)).routes(content).routes(routes!(complete_upload))
}

/// Announce a file.
#[utoipa::path(
    post,
    path = "/media/uploads",
    tag = "media",
    request_body = NewUpload,
    responses((status = 201, description = "What was made.", body = Upload), Problems)
)]
#[requires_scope("media:write")]
async fn create_upload(organisation: Organisation, Body(new): Body<NewUpload>) -> ApiResult<Created<Upload>> {
    if !(1..=MOST).contains(&new.bytes) {
        return Err(ApiError::Invalid(format!("a file has between 1 and {MOST} bytes")));
    }
    let of = |kind| (new.attach_to == kind).then_some(new.id);
    let (issue_id, work_id, run_id) = (of(AttachedTo::Issue), of(AttachedTo::Work), of(AttachedTo::Run));
    let NewUpload { file_name, content_type, bytes, .. } = new;
    organisation.create(NewRow { file_name, content_type, bytes, issue_id, work_id, run_id }).await
}

/// Put the bytes of an announced file.
///
/// They can be put again until the upload is completed.
#[utoipa::path(
    put,
    path = "/media/uploads/{id}/content",
    tag = "media",
    params(("id" = i64, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, description = "What was asked for.", body = Upload), Problems)
)]
#[requires_scope("media:write")]
async fn put_upload_content(
    organisation: Organisation,
    State(state): State<AppState>,
    Path(id): Path<i64>,
    request: Request,
) -> ApiResult<Json<Upload>> {
    // Known to be somebody's before its bytes are read.
    let Json(_): Json<Upload> = organisation.get(id).await?;
    let bytes = Bytes::from_request(request, &()).await?;
    let put = organisation.write(move |rows| {
        let upload: Upload = rows.get(id)?;
        if upload.state == UploadState::Completed {
            return Err(ApiError::Conflict(format!("the upload {id} is completed")));
        }
        if i64::try_from(bytes.len()) != Ok(upload.bytes) {
            let (came, announced) = (bytes.len(), upload.bytes);
            return Err(ApiError::Invalid(format!("{came} bytes came, {announced} were announced")));
        }
        state.media.write(id, &bytes)?;
        set_state(rows, id, "uploaded", &sha256_hex(&bytes))
    });
    put.await.map(Json)
}

/// Complete an upload: the file becomes an attachment.
#[utoipa::path(
    post,
    path = "/media/uploads/{id}/complete",
    tag = "media",
    params(("id" = i64, Path)),
    request_body = Completion,
    responses((status = 200, description = "What was asked for.", body = Upload), Problems)
)]
#[requires_scope("media:write")]
async fn complete_upload(
    organisation: Organisation,
    State(state): State<AppState>,
    Path(id): Path<i64>,
    Body(completion): Body<Completion>,
) -> ApiResult<Json<Upload>> {
    let completed = organisation.write(move |rows| {
        let upload: Upload = rows.get(id)?;
        match upload.state {
            UploadState::Uploaded => {}
            UploadState::Announced => {
                return Err(ApiError::Conflict(format!("the upload {id} has no content yet")));
            }
            UploadState::Completed => {
                return Err(ApiError::Conflict(format!("the upload {id} is completed")));
            }
        }
        // What counts is what is in the file, not what was written down when it came.
        let stored = sha256_hex(&state.media.read(id)?);
        if stored != completion.sha256 {
            return Err(ApiError::Invalid(format!("the content's SHA-256 is {stored}")));
        }
        set_state(rows, id, "completed", &stored)
    });
    completed.await.map(Json)
}

fn set_state(rows: Rows<'_>, id: i64, state: &str, sha256: &str) -> ApiResult<Upload> {
    let (connection, organisation_id) = rows.parts();
    connection.execute(
        "UPDATE uploads
         SET state = ?3, sha256 = ?4,
             completed_at = iif(?3 = 'completed', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), NULL)
         WHERE organisation_id = ?1 AND id = ?2",
        params![organisation_id, id, state, sha256],
    )?;
    rows.get(id)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_names_the_same_limit() {
        assert_eq!(super::MOST, 16_777_216);
    }
}
