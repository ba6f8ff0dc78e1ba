//! Indexes: the collections of recordings that are searched.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{delete, get, patch, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::body::{Body, NoBody};
use crate::db::{Filter, entity};
use crate::error::{ApiError, ApiResult};
use crate::page::Page;
use crate::search;
use crate::values::{Name, Patch, Prose};
use crate::workspace::{Workspace, Write};

#[derive(Deserialize, Serialize)]
pub(super) struct Index {
    id: String,
    name: String,
    description: Option<String>,
    created_at: String,
}

entity!(Index, "index" => "indexes");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewIndex {
    name: Name,
    description: Option<Prose>,
}

#[derive(Serialize)]
struct IndexRow {
    id: String,
    name: Name,
    description: Option<Prose>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct IndexChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    description: Patch<Prose>,
}

#[derive(Deserialize, Serialize)]
struct IndexFilter {
    /// A part of the name.
    name: Option<String>,
}

impl Filter for IndexFilter {
    type Row = Index;
    const WHERE: &'static str = "(:name IS NULL OR instr(lower(name), lower(:name)) > 0)";
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_indexes)
        .service(create_index)
        .service(get_index)
        .service(update_index)
        .service(delete_index)
        .service(search_index);
}

#[requires_scope("read")]
#[get("/indexes")]
async fn list_indexes(
    workspace: Workspace,
    filter: Query<IndexFilter>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    workspace.list(filter.into_inner(), page.into_inner()).await
}

#[requires_scope("write")]
#[post("/indexes")]
async fn create_index(write: Write<NewIndex>) -> ApiResult<HttpResponse> {
    write
        .run(|store, NewIndex { name, description }| {
            let row = IndexRow { id: id_from(&name)?, name, description };
            let made: Index = store.insert(&row)?;
            Ok(Answer::created(format!("/api/v2/indexes/{}", made.id), &made))
        })
        .await
}

#[requires_scope("read")]
#[get("/indexes/{index_id}")]
async fn get_index(workspace: Workspace, id: Path<String>) -> ApiResult<HttpResponse> {
    workspace.get::<Index>(id.into_inner()).await
}

#[requires_scope("write")]
#[patch("/indexes/{index_id}")]
async fn update_index(write: Write<IndexChanges>, id: Path<String>) -> ApiResult<HttpResponse> {
    write.amend::<Index>(id.into_inner()).await
}

/// With its videos, and the runs, connectors, jobs and conversations about them.
#[requires_scope("admin")]
#[delete("/indexes/{index_id}")]
async fn delete_index(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write.remove::<Index>(id.into_inner()).await
}

#[requires_scope("search")]
#[post("/indexes/{index_id}/search")]
async fn search_index(
    workspace: Workspace,
    id: Path<String>,
    query: Body<search::Query>,
) -> ApiResult<HttpResponse> {
    workspace
        .read(move |store| {
            let index: Index = store.get(&id)?;
            search::answer(store, Some(&index.id), &query.0)
        })
        .await
}

/// `idx_` and the name's letters and digits: `Night archive` is `idx_night_archive`.
fn id_from(name: &Name) -> ApiResult<String> {
    let words = name.as_str().split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    if words.is_empty() {
        return Err(ApiError::Invalid("the name has no ASCII letter or digit to make an id of".to_owned()));
    }
    Ok(format!("idx_{}", words.join("_")))
}
