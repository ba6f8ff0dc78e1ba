//! Runs: a prompt put to an index. Queued here, done by the worker.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{get, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::body::NoBody;
use crate::db::{Filter, entity};
use crate::error::ApiResult;
use crate::page::Page;
use crate::progress::{self, State};
use crate::values::Moment;
use crate::workspace::{Workspace, Write};

#[derive(Deserialize, Serialize)]
pub(crate) struct Run {
    id: String,
    index_id: String,
    prompt_id: String,
    state: State,
    not_before: Option<String>,
    attempts: i64,
    error: Option<String>,
    created_at: String,
    finished_at: Option<String>,
}

entity!(Run, "run" => "runs");

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewRun {
    index_id: String,
    prompt_id: String,
    /// When it may begin; at once, if it is not said.
    not_before: Option<Moment>,
}

#[derive(Deserialize, Serialize)]
struct RunFilter {
    state: Option<State>,
    index_id: Option<String>,
    prompt_id: Option<String>,
}

impl Filter for RunFilter {
    type Row = Run;
    const WHERE: &'static str = "(:state IS NULL OR state = :state)
        AND (:index_id IS NULL OR index_id = :index_id)
        AND (:prompt_id IS NULL OR prompt_id = :prompt_id)";
}

/// A passage that a run found.
#[derive(Deserialize, Serialize)]
struct RunResult {
    id: String,
    video_id: String,
    segment_id: String,
    starts_seconds: f64,
    ends_seconds: f64,
    text: String,
    score: f64,
}

entity!(RunResult, "result" => "run_results");

#[derive(Serialize)]
struct ResultsOf {
    run_id: String,
}

impl Filter for ResultsOf {
    type Row = RunResult;
    const WHERE: &'static str = "run_id = :run_id";
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_runs)
        .service(create_run)
        .service(get_run)
        .service(list_run_results)
        .service(cancel_run)
        .service(retry_run);
}

#[requires_scope("read")]
#[get("/runs")]
async fn list_runs(
    workspace: Workspace,
    filter: Query<RunFilter>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    workspace.list(filter.into_inner(), page.into_inner()).await
}

#[requires_scope("write")]
#[post("/runs")]
async fn create_run(write: Write<NewRun>) -> ApiResult<HttpResponse> {
    write
        .run(|store, body| {
            let run: Run = store.insert(&body)?;
            Ok(Answer::accepted(format!("/api/v2/runs/{}", run.id), &run))
        })
        .await
}

#[requires_scope("read")]
#[get("/runs/{run_id}")]
async fn get_run(workspace: Workspace, id: Path<String>) -> ApiResult<HttpResponse> {
    workspace.get::<Run>(id.into_inner()).await
}

#[requires_scope("read")]
#[get("/runs/{run_id}/results")]
async fn list_run_results(
    workspace: Workspace,
    id: Path<String>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    let run_id = id.into_inner();
    workspace.list_of::<Run, _>(run_id.clone(), ResultsOf { run_id }, page.into_inner()).await
}

#[requires_scope("write")]
#[post("/runs/{run_id}/cancel")]
async fn cancel_run(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, _| {
            let run: Run = store.get(&id)?;
            Ok(Answer::ok(&progress::cancel::<Run>(store, &id, run.state)?))
        })
        .await
}

/// What the run found before is dropped.
#[requires_scope("write")]
#[post("/runs/{run_id}/retry")]
async fn retry_run(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, _| {
            let run: Run = store.get(&id)?;
            let run: Run = progress::retry(store, &id, run.state)?;
            store.connection.execute(
                "DELETE FROM run_results WHERE workspace = ?1 AND run_id = ?2",
                [store.workspace, &id],
            )?;
            Ok(Answer::accepted(format!("/api/v2/runs/{id}"), &run))
        })
        .await
}
