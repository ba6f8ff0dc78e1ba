//! Work orders: what is to be done about it, by whom and until when.

use axum::Json;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::attachments::{AttachedTo, WithAttachments, with_attachments};
use super::schedules;
use crate::caller::created;
use crate::caller::{Created, Organisation};
use crate::database::{Filter, Rows, resource};
use crate::error::{ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::outbox::{Trigger, fire};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::values::{Moment, Name};

/// How far a work order has come.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum WorkStatus {
    Planned,
    Started,
    Done,
    Cancelled,
}

/// A work order.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Work {
    id: i64,
    title: String,
    status: WorkStatus,
    issue_id: Option<i64>,
    assignee_id: Option<i64>,
    due_at: Option<Moment>,
    created_at: String,
}

resource!(Work, "work order" in "works");

/// Which work orders are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WorkFilter {
    status: Option<WorkStatus>,
    issue_id: Option<i64>,
    assignee_id: Option<i64>,
}

impl Filter for WorkFilter {
    type Row = Work;
    const WHERE: &'static str = "
        (:status IS NULL OR status = :status)
        AND (:issue_id IS NULL OR issue_id = :issue_id)
        AND (:assignee_id IS NULL OR assignee_id = :assignee_id)";
}

/// A new work order.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewWork {
    title: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<WorkStatus>,
    issue_id: Option<i64>,
    /// One of the organisation's users.
    assignee_id: Option<i64>,
    /// A work order that is due stands in the schedule.
    due_at: Option<Moment>,
}

/// What is to be different about a work order; what is left out stays as it is.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WorkChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<WorkStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Moment>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(list_works, create_work)).routes(routes!(get_work, update_work))
}

/// List work orders.
#[utoipa::path(
    get,
    path = "/works",
    tag = "works",
    params(WorkFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Work>), Problems)
)]
#[requires_scope("works:read")]
async fn list_works(
    organisation: Organisation,
    Query(filter): Query<WorkFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Work>>> {
    organisation.list(filter, page).await
}

/// Create a work order.
#[utoipa::path(
    post,
    path = "/works",
    tag = "works",
    request_body = NewWork,
    responses((status = 201, description = "What was made.", body = Work), Problems)
)]
#[requires_scope("works:write")]
async fn create_work(organisation: Organisation, Body(new): Body<NewWork>) -> ApiResult<Created<Work>> {
    let made = organisation.write(move |rows| {
        let work: Work = rows.insert(&new)?;
        schedule(rows, &work)?;
        fire(rows, Trigger::WorkCreated, &work)?;
        Ok(work)
    });
    made.await.map(created)
}

/// Retrieve a work order.
#[utoipa::path(
    get,
    path = "/works/{id}",
    tag = "works",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = WithAttachments<Work>), Problems)
)]
#[requires_scope("works:read")]
async fn get_work(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<Json<WithAttachments<Work>>> {
    with_attachments(&organisation, AttachedTo::Work, id).await
}

/// Update a work order.
#[utoipa::path(
    patch,
    path = "/works/{id}",
    tag = "works",
    params(("id" = i64, Path)),
    request_body = WorkChanges,
    responses((status = 200, description = "What was asked for.", body = Work), Problems)
)]
#[requires_scope("works:write")]
async fn update_work(
    organisation: Organisation,
    Path(id): Path<i64>,
    Body(changes): Body<WorkChanges>,
) -> ApiResult<Json<Work>> {
    let updated = organisation.write(move |rows| {
        let work: Work = rows.update(id, &changes)?;
        schedule(rows, &work)?;
        fire(rows, Trigger::WorkUpdated, &work)?;
        Ok(work)
    });
    updated.await.map(Json)
}

/// Keeps the schedule's entry of a work order in step with it.
fn schedule(rows: Rows<'_>, work: &Work) -> ApiResult<()> {
    match &work.due_at {
        Some(due_at) => schedules::put(rows, schedules::Planned::Work(work.id), &work.title, due_at),
        None => Ok(()),
    }
}
