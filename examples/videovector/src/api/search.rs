//! Search across every index of the workspace.

use actix_web::HttpResponse;
use actix_web::web::Query;
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{get, post};
use scopewright::requires_scope;
use serde::Deserialize;

use crate::body::Body;
use crate::error::ApiResult;
use crate::search;
use crate::values::TopK;
use crate::workspace::Workspace;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Similar {
    segment_id: String,
    #[serde(default)]
    top_k: TopK,
}

#[derive(Deserialize)]
struct Beginning {
    /// How the word begins.
    #[serde(default)]
    q: String,
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(search_segments).service(search_similar).service(suggest);
}

#[requires_scope("search")]
#[post("/search/segments")]
async fn search_segments(workspace: Workspace, query: Body<search::Query>) -> ApiResult<HttpResponse> {
    workspace.read(move |store| search::answer(store, None, &query.0)).await
}

#[requires_scope("search")]
#[post("/search/similar")]
async fn search_similar(workspace: Workspace, body: Body<Similar>) -> ApiResult<HttpResponse> {
    workspace.read(move |store| search::similar(store, &body.0.segment_id, body.0.top_k)).await
}

#[requires_scope("search")]
#[get("/search/suggestions")]
async fn suggest(workspace: Workspace, beginning: Query<Beginning>) -> ApiResult<HttpResponse> {
    workspace.read(move |store| search::suggestions(store, &beginning.q)).await
}
