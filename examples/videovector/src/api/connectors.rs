//! Connectors: where recordings come from. Each holds a list of what it offers; a `sync` job brings in what is new.

use actix_web::HttpResponse;
use actix_web::web::{Path, Query};
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{delete, get, patch, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::jobs::{Job, sync_of};
use super::videos::NewVideo;
use crate::answer::Answer;
use crate::body::NoBody;
use crate::db::{Filter, entity, read_json, write_json};
use crate::error::{ApiError, ApiResult};
use crate::page::Page;
use crate::values::Name;
use crate::workspace::{Workspace, Write};

#[derive(Deserialize, Serialize)]
pub(crate) struct Connector {
    id: String,
    pub(crate) index_id: String,
    name: String,
    state: Activity,
    #[serde(deserialize_with = "read_json")]
    pub(crate) items: Vec<NewVideo>,
    created_at: String,
}

entity!(Connector, "connector" => "connectors");

/// Whether something takes part.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Activity {
    Active,
    Paused,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewConnector {
    index_id: String,
    name: Name,
    #[serde(serialize_with = "write_json")]
    items: Vec<NewVideo>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct ConnectorChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Activity>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_json")]
    items: Option<Vec<NewVideo>>,
}

#[derive(Deserialize, Serialize)]
struct ConnectorFilter {
    index_id: Option<String>,
    state: Option<Activity>,
}

impl Filter for ConnectorFilter {
    type Row = Connector;
    const WHERE: &'static str =
        "(:index_id IS NULL OR index_id = :index_id) AND (:state IS NULL OR state = :state)";
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_connectors)
        .service(create_connector)
        .service(get_connector)
        .service(update_connector)
        .service(delete_connector)
        .service(sync_connector);
}

#[requires_scope("read")]
#[get("/connectors")]
async fn list_connectors(
    workspace: Workspace,
    filter: Query<ConnectorFilter>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    workspace.list(filter.into_inner(), page.into_inner()).await
}

#[requires_scope("write")]
#[post("/connectors")]
async fn create_connector(write: Write<NewConnector>) -> ApiResult<HttpResponse> {
    write.create::<Connector>("connectors").await
}

#[requires_scope("read")]
#[get("/connectors/{connector_id}")]
async fn get_connector(workspace: Workspace, id: Path<String>) -> ApiResult<HttpResponse> {
    workspace.get::<Connector>(id.into_inner()).await
}

#[requires_scope("write")]
#[patch("/connectors/{connector_id}")]
async fn update_connector(write: Write<ConnectorChanges>, id: Path<String>) -> ApiResult<HttpResponse> {
    write.amend::<Connector>(id.into_inner()).await
}

#[requires_scope("admin")]
#[delete("/connectors/{connector_id}")]
async fn delete_connector(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write.remove::<Connector>(id.into_inner()).await
}

#[requires_scope("write")]
#[post("/connectors/{connector_id}/sync")]
async fn sync_connector(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, _| {
            let connector: Connector = store.get(&id)?;
            if connector.state == Activity::Paused {
                return Err(ApiError::Conflict(format!("the connector `{id}` is paused")));
            }
            let job: Job = store.insert(&sync_of(&connector.index_id, &id))?;
            Ok(Answer::accepted(format!("/api/v2/jobs/{}", job.id), &job))
        })
        .await
}
