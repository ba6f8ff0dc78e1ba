//! The unified schedule: one occurrence for everything that has a date, whatever it is.
//!
//! Occurrences come from work orders that are due and inspection runs that are planned; nobody makes one by itself.

use axum::Json;
use rusqlite::params;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::Organisation;
use crate::database::{Filter, Rows, query_all, resource};
use crate::error::{ApiError, ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::values::{Moment, Name};

/// How far an occurrence has come.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum OccurrenceStatus {
    Scheduled,
    InProgress,
    Done,
    Skipped,
}

/// Something with a date.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Occurrence {
    pub(super) id: i64,
    /// `work` or `inspection`.
    pub(super) kind: String,
    pub(super) title: String,
    /// The work order, if it is one.
    work_id: Option<i64>,
    /// The inspection run, if it is one.
    run_id: Option<i64>,
    pub(super) due_at: Moment,
    pub(super) status: OccurrenceStatus,
}

resource!(Occurrence, "schedule occurrence" in "occurrences");

/// An occurrence and what it fulfils.
#[derive(Serialize, ToSchema)]
struct LinkedOccurrence {
    #[serde(flatten)]
    occurrence: Occurrence,
    /// Laws, contracts, warranties: named by the organisation.
    obligations: Vec<String>,
}

/// Which occurrences are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OccurrenceFilter {
    status: Option<OccurrenceStatus>,
    /// Due then or later.
    from: Option<Moment>,
    /// Due before then.
    to: Option<Moment>,
}

impl Filter for OccurrenceFilter {
    type Row = Occurrence;
    const WHERE: &'static str = "
        (:status IS NULL OR status = :status)
        AND (:from IS NULL OR due_at >= :from)
        AND (:to IS NULL OR due_at < :to)";
}

/// The new status of an occurrence.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StatusChange {
    status: OccurrenceStatus,
}

/// What an occurrence stands for.
#[derive(Clone, Copy)]
pub(super) enum Planned {
    Work(i64),
    Inspection(i64),
}

/// Puts something into the schedule, or changes its entry.
pub(super) fn put(rows: Rows<'_>, planned: Planned, title: &str, due_at: &Moment) -> ApiResult<()> {
    let (kind, work_id, run_id) = match planned {
        Planned::Work(id) => ("work", Some(id), None),
        Planned::Inspection(id) => ("inspection", None, Some(id)),
    };
    let (connection, organisation_id) = rows.parts();
    connection.execute(
        "INSERT INTO occurrences (organisation_id, kind, title, work_id, run_id, due_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET title = excluded.title, due_at = excluded.due_at",
        params![organisation_id, kind, title, work_id, run_id, due_at.as_str()],
    )?;
    Ok(())
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(list_occurrences))
        .routes(routes!(get_occurrence))
        .routes(routes!(set_occurrence_status))
        .routes(routes!(link_obligation, unlink_obligation))
}

/// List schedule occurrences.
#[utoipa::path(
    get,
    path = "/schedules/occurrences",
    tag = "schedules",
    params(OccurrenceFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Occurrence>), Problems)
)]
#[requires_scope("schedules:read")]
async fn list_occurrences(
    organisation: Organisation,
    Query(filter): Query<OccurrenceFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Occurrence>>> {
    organisation.list(filter, page).await
}

/// Retrieve a schedule occurrence.
#[utoipa::path(
    get,
    path = "/schedules/occurrences/{id}",
    tag = "schedules",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = LinkedOccurrence), Problems)
)]
#[requires_scope("schedules:read")]
async fn get_occurrence(
    organisation: Organisation,
    Path(id): Path<i64>,
) -> ApiResult<Json<LinkedOccurrence>> {
    organisation.read(move |rows| linked(rows, id)).await.map(Json)
}

/// Update the status of an occurrence.
#[utoipa::path(
    put,
    path = "/schedules/occurrences/{id}/status",
    tag = "schedules",
    params(("id" = i64, Path)),
    request_body = StatusChange,
    responses((status = 200, description = "What was asked for.", body = LinkedOccurrence), Problems)
)]
#[requires_scope("schedules:write")]
async fn set_occurrence_status(
    organisation: Organisation,
    Path(id): Path<i64>,
    Body(change): Body<StatusChange>,
) -> ApiResult<Json<LinkedOccurrence>> {
    let changed = organisation.write(move |rows| {
        rows.update::<Occurrence>(id, &change)?;
        linked(rows, id)
    });
    changed.await.map(Json)
}

/// Link an obligation to an occurrence.
#[utoipa::path(
    put,
    path = "/schedules/occurrences/{id}/obligations/{obligation}",
    tag = "schedules",
    params(("id" = i64, Path), ("obligation" = String, Path)),
    responses((status = 200, description = "What was asked for.", body = LinkedOccurrence), Problems)
)]
#[requires_scope("schedules:write")]
async fn link_obligation(
    organisation: Organisation,
    Path((id, obligation)): Path<(i64, Name)>,
) -> ApiResult<Json<LinkedOccurrence>> {
    let linked = organisation.write(move |rows| {
        // A 404 for what is another organisation's.
        rows.get::<Occurrence>(id)?;
        let (connection, _) = rows.parts();
        connection.execute(
            "INSERT OR IGNORE INTO obligation_links (occurrence_id, obligation) VALUES (?1, ?2)",
            params![id, obligation.as_str()],
        )?;
        linked(rows, id)
    });
    linked.await.map(Json)
}

/// Take an obligation off an occurrence.
#[utoipa::path(
    delete,
    path = "/schedules/occurrences/{id}/obligations/{obligation}",
    tag = "schedules",
    params(("id" = i64, Path), ("obligation" = String, Path)),
    responses((status = 200, description = "What was asked for.", body = LinkedOccurrence), Problems)
)]
#[requires_scope("schedules:write")]
async fn unlink_obligation(
    organisation: Organisation,
    Path((id, obligation)): Path<(i64, Name)>,
) -> ApiResult<Json<LinkedOccurrence>> {
    let unlinked = organisation.write(move |rows| {
        rows.get::<Occurrence>(id)?;
        let (connection, _) = rows.parts();
        let removed = connection.execute(
            "DELETE FROM obligation_links WHERE occurrence_id = ?1 AND obligation = ?2",
            params![id, obligation.as_str()],
        )?;
        match removed {
            0 => Err(ApiError::NotFound(format!(
                "the occurrence {id} is not linked to `{}`",
                obligation.as_str()
            ))),
            _ => linked(rows, id),
        }
    });
    unlinked.await.map(Json)
}

fn linked(rows: Rows<'_>, id: i64) -> ApiResult<LinkedOccurrence> {
    let occurrence = rows.get(id)?;
    let (connection, _) = rows.parts();
    let sql = "SELECT obligation FROM obligation_links WHERE occurrence_id = ?1 ORDER BY obligation";
    Ok(LinkedOccurrence { occurrence, obligations: query_all(connection, sql, [id])? })
}
