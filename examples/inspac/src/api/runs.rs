//! Inspection runs: a template's questions, answered at a site.

use axum::Json;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use super::attachments::{AttachedTo, WithAttachments, with_attachments};
use super::schedules;
use super::templates::Template;
use crate::caller::created;
use crate::caller::{Created, Organisation};
use crate::database::{Filter, Rows, read_json, resource, write_json};
use crate::error::{ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::outbox::{Trigger, fire};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::values::Moment;

/// How far a run has come.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RunStatus {
    Scheduled,
    Started,
    Completed,
}

/// An inspection run.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Run {
    id: i64,
    template_id: i64,
    site_id: i64,
    status: RunStatus,
    /// Question to answer.
    #[serde(deserialize_with = "read_json")]
    answers: BTreeMap<String, String>,
    scheduled_for: Option<Moment>,
    created_at: String,
}

resource!(Run, "inspection run" in "runs");

/// Which inspection runs are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct RunFilter {
    template_id: Option<i64>,
    site_id: Option<i64>,
    status: Option<RunStatus>,
}

impl Filter for RunFilter {
    type Row = Run;
    const WHERE: &'static str = "
        (:template_id IS NULL OR template_id = :template_id)
        AND (:site_id IS NULL OR site_id = :site_id)
        AND (:status IS NULL OR status = :status)";
}

/// A new inspection run.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRun {
    template_id: i64,
    site_id: i64,
    /// A run that is planned stands in the schedule.
    scheduled_for: Option<Moment>,
}

/// What is to be different about an inspection run; what is left out stays as it is.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RunChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<RunStatus>,
    /// Replaces all answers.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_json")]
    answers: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_for: Option<Moment>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(list_runs, create_run)).routes(routes!(get_run, update_run))
}

/// List inspection runs.
#[utoipa::path(
    get,
    path = "/runs",
    tag = "runs",
    params(RunFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Run>), Problems)
)]
#[requires_scope("runs:read")]
async fn list_runs(
    organisation: Organisation,
    Query(filter): Query<RunFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Run>>> {
    organisation.list(filter, page).await
}

/// Create an inspection run.
#[utoipa::path(
    post,
    path = "/runs",
    tag = "runs",
    request_body = NewRun,
    responses((status = 201, description = "What was made.", body = Run), Problems)
)]
#[requires_scope("runs:write")]
async fn create_run(organisation: Organisation, Body(new): Body<NewRun>) -> ApiResult<Created<Run>> {
    let made = organisation.write(move |rows| {
        let run: Run = rows.insert(&new)?;
        schedule(rows, &run)?;
        Ok(run)
    });
    made.await.map(created)
}

/// Retrieve an inspection run.
#[utoipa::path(
    get,
    path = "/runs/{id}",
    tag = "runs",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = WithAttachments<Run>), Problems)
)]
#[requires_scope("runs:read")]
async fn get_run(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<Json<WithAttachments<Run>>> {
    with_attachments(&organisation, AttachedTo::Run, id).await
}

/// Update an inspection run.
#[utoipa::path(
    patch,
    path = "/runs/{id}",
    tag = "runs",
    params(("id" = i64, Path)),
    request_body = RunChanges,
    responses((status = 200, description = "What was asked for.", body = Run), Problems)
)]
#[requires_scope("runs:write")]
async fn update_run(
    organisation: Organisation,
    Path(id): Path<i64>,
    Body(changes): Body<RunChanges>,
) -> ApiResult<Json<Run>> {
    let updated = organisation.write(move |rows| {
        let before: Run = rows.get(id)?;
        let run: Run = rows.update(id, &changes)?;
        schedule(rows, &run)?;
        if run.status == RunStatus::Completed && before.status != RunStatus::Completed {
            fire(rows, Trigger::RunCompleted, &run)?;
        }
        Ok(run)
    });
    updated.await.map(Json)
}

/// Keeps the schedule's entry of a run in step with it.
fn schedule(rows: Rows<'_>, run: &Run) -> ApiResult<()> {
    let Some(scheduled_for) = &run.scheduled_for else { return Ok(()) };
    let template: Template = rows.get(run.template_id)?;
    schedules::put(rows, schedules::Planned::Inspection(run.id), template.name(), scheduled_for)
}
