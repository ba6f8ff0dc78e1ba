//! Logs: comments on issues and work orders, or on nothing in particular.

use axum::Json;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::{Created, Organisation};
use crate::database::{Filter, resource};
use crate::error::{ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::values::Note;

/// A log.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Log {
    id: i64,
    text: String,
    /// Who wrote it: the key, or the person.
    author: String,
    issue_id: Option<i64>,
    work_id: Option<i64>,
    created_at: String,
}

resource!(Log, "log" in "logs");

/// Which logs are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct LogFilter {
    issue_id: Option<i64>,
    work_id: Option<i64>,
}

impl Filter for LogFilter {
    type Row = Log;
    const WHERE: &'static str = "
        (:issue_id IS NULL OR issue_id = :issue_id)
        AND (:work_id IS NULL OR work_id = :work_id)";
}

/// A new log.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLog {
    text: Note,
    issue_id: Option<i64>,
    work_id: Option<i64>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(list_logs, create_log)).routes(routes!(get_log))
}

/// List logs.
#[utoipa::path(
    get,
    path = "/logs",
    tag = "logs",
    params(LogFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Log>), Problems)
)]
#[requires_scope("logs:read")]
async fn list_logs(
    organisation: Organisation,
    Query(filter): Query<LogFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Log>>> {
    organisation.list(filter, page).await
}

/// Create a log.
#[utoipa::path(
    post,
    path = "/logs",
    tag = "logs",
    request_body = NewLog,
    responses((status = 201, description = "What was made.", body = Log), Problems)
)]
#[requires_scope("logs:write")]
async fn create_log(organisation: Organisation, Body(new): Body<NewLog>) -> ApiResult<Created<Log>> {
    let author = organisation.actor.clone();
    organisation.create(AuthoredLog { author, new }).await
}

/// Retrieve a log.
#[utoipa::path(
    get,
    path = "/logs/{id}",
    tag = "logs",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = Log), Problems)
)]
#[requires_scope("logs:read")]
async fn get_log(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<Json<Log>> {
    organisation.get(id).await
}

/// The row: what was sent, and who sent it.
#[derive(Serialize)]
struct AuthoredLog {
    author: String,
    #[serde(flatten)]
    new: NewLog,
}
