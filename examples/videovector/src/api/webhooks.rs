//! Webhooks: URLs that are told when a run or a job comes to its end.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use scopewright::actix::web::ServiceConfig;
use scopewright::actix::{delete, get, patch, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::connectors::Activity;
use crate::answer::Answer;
use crate::body::NoBody;
use crate::db::{Filter, entity, query_one, read_json, write_json};
use crate::error::{ApiError, ApiResult};
use crate::page::Page;
use crate::progress::State;
use crate::state::AppState;
use crate::values::WebUrl;
use crate::workspace::{Workspace, Write};

#[derive(Deserialize, Serialize)]
struct Webhook {
    id: String,
    url: String,
    #[serde(deserialize_with = "read_json")]
    events: Vec<Event>,
    state: Activity,
    created_at: String,
}

entity!(Webhook, "webhook" => "webhooks");

/// What a webhook can be told.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq, Serialize)]
enum Event {
    #[serde(rename = "run.succeeded")]
    RunSucceeded,
    #[serde(rename = "run.failed")]
    RunFailed,
    #[serde(rename = "job.succeeded")]
    JobSucceeded,
    #[serde(rename = "job.failed")]
    JobFailed,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewWebhook {
    url: WebUrl,
    #[serde(serialize_with = "write_json")]
    events: Vec<Event>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WebhookChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<WebUrl>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_json")]
    events: Option<Vec<Event>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Activity>,
}

#[derive(Deserialize, Serialize)]
struct WebhookFilter {
    state: Option<Activity>,
}

impl Filter for WebhookFilter {
    type Row = Webhook;
    const WHERE: &'static str = "(:state IS NULL OR state = :state)";
}

/// One message to one webhook.
#[derive(Deserialize, Serialize)]
struct Delivery {
    id: String,
    webhook_id: String,
    event: String,
    #[serde(deserialize_with = "read_json")]
    payload: Value,
    state: State,
    /// What the receiver answered.
    status: Option<u16>,
    error: Option<String>,
    created_at: String,
    finished_at: Option<String>,
}

entity!(Delivery, "delivery" => "deliveries");

#[derive(Serialize)]
struct DeliveriesOf {
    webhook_id: String,
}

impl Filter for DeliveriesOf {
    type Row = Delivery;
    const WHERE: &'static str = "webhook_id = :webhook_id";
}

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_webhooks)
        .service(create_webhook)
        .service(get_webhook)
        .service(update_webhook)
        .service(delete_webhook)
        .service(list_deliveries)
        .service(test_webhook);
}

#[requires_scope("read")]
#[get("/webhooks")]
async fn list_webhooks(
    workspace: Workspace,
    filter: Query<WebhookFilter>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    workspace.list(filter.into_inner(), page.into_inner()).await
}

#[requires_scope("write")]
#[post("/webhooks")]
async fn create_webhook(write: Write<NewWebhook>, state: Data<AppState>) -> ApiResult<HttpResponse> {
    write.body.url.check(state.webhooks_to)?;
    write.create::<Webhook>("webhooks").await
}

#[requires_scope("read")]
#[get("/webhooks/{webhook_id}")]
async fn get_webhook(workspace: Workspace, id: Path<String>) -> ApiResult<HttpResponse> {
    workspace.get::<Webhook>(id.into_inner()).await
}

#[requires_scope("write")]
#[patch("/webhooks/{webhook_id}")]
async fn update_webhook(
    write: Write<WebhookChanges>,
    id: Path<String>,
    state: Data<AppState>,
) -> ApiResult<HttpResponse> {
    if let Some(url) = &write.body.url {
        url.check(state.webhooks_to)?;
    }
    write.amend::<Webhook>(id.into_inner()).await
}

#[requires_scope("admin")]
#[delete("/webhooks/{webhook_id}")]
async fn delete_webhook(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write.remove::<Webhook>(id.into_inner()).await
}

#[requires_scope("read")]
#[get("/webhooks/{webhook_id}/deliveries")]
async fn list_deliveries(
    workspace: Workspace,
    id: Path<String>,
    page: Query<Page>,
) -> ApiResult<HttpResponse> {
    let webhook_id = id.into_inner();
    workspace.list_of::<Webhook, _>(webhook_id.clone(), DeliveriesOf { webhook_id }, page.into_inner()).await
}

/// Sends the event `webhook.test`, also to a webhook that is paused.
#[requires_scope("write")]
#[post("/webhooks/{webhook_id}/test")]
async fn test_webhook(write: Write<NoBody>, id: Path<String>) -> ApiResult<HttpResponse> {
    write
        .run(move |store, _| {
            let webhook: Webhook = store.get(&id)?;
            let queued: Option<Delivery> = query_one(
                store.connection,
                "INSERT INTO deliveries (workspace, webhook_n, event, payload)
                 SELECT workspace, n, 'webhook.test', json_object('event', 'webhook.test', 'webhook_id', id)
                 FROM webhooks WHERE workspace = ?1 AND id = ?2
                 RETURNING *",
                [store.workspace, &webhook.id],
            )?;
            let queued = queued.ok_or_else(|| ApiError::internal("a delivery was not queued"))?;
            Ok(Answer::accepted(format!("/api/v2/webhooks/{id}/deliveries"), &queued))
        })
        .await
}
