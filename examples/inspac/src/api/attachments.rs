//! Attachments: the completed uploads of an issue, a work order or a run, shown with it.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::caller::Organisation;
use crate::database::Resource;
use crate::error::ApiResult;

/// A file of a row. Its bytes are not served: no scope opens them.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Attachment {
    /// The id of its upload.
    id: i64,
    file_name: String,
    content_type: String,
    bytes: i64,
    sha256: String,
    completed_at: String,
}

/// A row with its attachments.
#[derive(Serialize, ToSchema)]
pub(super) struct WithAttachments<T> {
    #[serde(flatten)]
    row: T,
    attachments: Vec<Attachment>,
}

/// What a file can be attached to.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AttachedTo {
    Issue,
    Work,
    Run,
}

impl AttachedTo {
    const fn column(self) -> &'static str {
        match self {
            Self::Issue => "issue_id",
            Self::Work => "work_id",
            Self::Run => "run_id",
        }
    }
}

/// The id of the row whose attachments are asked for.
#[derive(Serialize)]
struct Of {
    id: i64,
}

pub(super) async fn with_attachments<T: Resource>(
    organisation: &Organisation,
    kind: AttachedTo,
    id: i64,
) -> ApiResult<Json<WithAttachments<T>>> {
    let found = organisation.read(move |rows| {
        let row = rows.get(id)?;
        let sql = format!(
            "SELECT * FROM uploads
             WHERE organisation_id = :organisation_id AND {} = :id AND state = 'completed' ORDER BY id",
            kind.column()
        );
        Ok(WithAttachments { row, attachments: rows.select(&sql, &Of { id })? })
    });
    found.await.map(Json)
}
