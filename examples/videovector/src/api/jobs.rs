//! Jobs: bringing in what a connector offers, and building an index's word list anew. Queued here, done by the worker.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{get, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::connectors::Connector;
use crate::answer::Answer;
use crate::body::NoBody;
use crate::db::{Filter, entity};
use crate::error::ApiResult;
use crate::page::Page;
use crate::progress::{self, State};
use crate::values::Moment;
use crate::workspace::{Workspace, Write};

#[derive(Deserialize, Serialize)]
pub(crate) struct Job {
    pub(super) id: String,
    kind: Kind,
    index_id: String,
    connector_id: Option<String>,
    state: State,
    not_before: Option<String>,
    attempts: i64,
    /// How many videos or segments it went through.
    processed: Option<i64>,
    error: Option<String>,
    created_at: String,
    finished_at: Option<String>,
}

entity!(Job, "job" => "jobs");

#[derive(Clone, Copy, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Sync,
    Reindex,
}

/// What is to be done: `{"kind": "sync", "connector_id": …}` or `{"kind": "reindex", "index_id": …}`.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum NewJob {
    Sync { connector_id: String, not_before: Option<Moment> },
    Reindex { index_id: String, not_before: Option<Moment> },
}

#[derive(Serialize)]
pub(super) struct JobRow<'a> {
    kind: Kind,
    index_id: &'a str,
    connector_id: Option<&'a str>,
    not_before: Option<Moment>,
}

#[derive(Deserialize, Serialize)]
struct JobFilter {
    state: Option<State>,
    kind: Option<Kind>,
}

impl Filter for JobFilter {
    type Row = Job;
    const WHERE: &'static str = "(:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind)";
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(list_jobs).service(create_job).service(get_job).service(cancel_job).service(retry_job);
}

/// The job that brings in what a connector offers.
pub(super) fn sync_of<'a>(index_id: &'a str, connector_id: &'a str) -> JobRow<'a> {
    JobRow { kind: Kind::Sync, index_id, connector_id: Some(connector_id), not_before: None }
}

#[requires_scope("read")]
#[get("/jobs")]
async fn list_jobs(
    workspace: Workspace,
    filter: Query<JobFilter>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    workspace.list(filter.into_inner(), page.into_inner()).await
}

#[requires_scope("write")]
#[post("/jobs")]
async fn create_job(write: Write<NewJob>) -> ApiResult<HttpResponse> {
    write
        .run(|store, body| {
            let job: Job = match body {
                NewJob::Sync { connector_id, not_before } => {
                    let connector: Connector = store.get(&connector_id)?;
                    store.insert(&JobRow { not_before, ..sync_of(&connector.index_id, &connector_id) })?
                }
                NewJob::Reindex { index_id, not_before } => store.insert(&JobRow {
                    kind: Kind::Reindex,
                    index_id: &index_id,
                    connector_id: None,
                    not_before,
                })?,
            };
            Ok(Answer::accepted(format!("/api/v2/jobs/{}", job.id), &job))
        })
        .await
}

#[requires_scope("read")]
#[get("/jobs/{job_id}")]
async fn get_job(workspace: Workspace, id: Path<String>) -> ApiResult<HttpResponse> {
    workspace.get::<Job>(id.into_inner()).await
}

#[requires_scope("write")]
#[post("/jobs/{job_id}/cancel")]
async fn cancel_job(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, _| {
            let job: Job = store.get(&id)?;
            Ok(Answer::ok(&progress::cancel::<Job>(store, &id, job.state)?))
        })
        .await
}

#[requires_scope("write")]
#[post("/jobs/{job_id}/retry")]
async fn retry_job(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, _| {
            let job: Job = store.get(&id)?;
            let job: Job = progress::retry(store, &id, job.state)?;
            Ok(Answer::accepted(format!("/api/v2/jobs/{id}"), &job))
        })
        .await
}
