//! What is kept beside an event: metadata, annotations, who has seen it.

use axum::Json;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::db::{Filter, entity, read_json};
use crate::error::ApiResult;
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::tenant::{Created, Tenant, created};
use crate::values::{Metadata, Moment, Note};

/// The same row as the event's, seen as what its source said beside it.
#[derive(Deserialize, Serialize)]
pub(super) struct EventMetadata {
    #[serde(rename(serialize = "event_id"))]
    id: i64,
    #[serde(deserialize_with = "read_json")]
    metadata: Metadata,
}

entity!(EventMetadata, Event::NOUN => Event::TABLE);

#[derive(Deserialize, Serialize)]
pub(super) struct Annotation {
    id: i64,
    event_id: i64,
    author: String,
    text: String,
    created_at: String,
}

entity!(Annotation, "annotation" => "annotations");

#[derive(Serialize)]
struct AnnotationFilter {
    event_id: i64,
}

impl Filter for AnnotationFilter {
    type Row = Annotation;
    const WHERE: &'static str = "event_id = :event_id";
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAnnotation {
    text: Note,
}

#[derive(Serialize)]
struct AnnotationRow {
    event_id: i64,
    author: String,
    text: Note,
}

#[derive(Serialize)]
struct Acknowledgement {
    acknowledged_at: Moment,
    acknowledged_by: String,
}

#[requires_scope("read:events")]
pub(super) async fn get_event_metadata(
    tenant: Tenant,
    Path(id): Path<i64>,
) -> ApiResult<Json<EventMetadata>> {
    tenant.get(id).await
}

#[requires_scope("write:events")]
pub(super) async fn acknowledge_event(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Event>> {
    acknowledge(&tenant, id).await
}

/// Marks an event as seen. Who saw it first stays on record.
pub(in crate::api) async fn acknowledge(tenant: &Tenant, id: i64) -> ApiResult<Json<Event>> {
    let acknowledgement = Acknowledgement { acknowledged_at: Moment::now(), acknowledged_by: tenant.actor() };
    tenant
        .write(move |store| {
            let event: Event = store.get(id)?;
            if event.acknowledged_at.is_some() { Ok(event) } else { store.update(id, &acknowledgement) }
        })
        .await
        .map(Json)
}

#[requires_scope("read:events")]
pub(super) async fn list_annotations(
    tenant: Tenant,
    Path(id): Path<i64>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Annotation>>> {
    tenant.list_of::<Event, _>(id, AnnotationFilter { event_id: id }, page).await
}

#[requires_scope("write:events")]
pub(super) async fn annotate_event(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(annotation): Body<NewAnnotation>,
) -> ApiResult<Created<Annotation>> {
    let row = AnnotationRow { event_id: id, author: tenant.actor(), text: annotation.text };
    tenant
        .write(move |store| {
            store.get::<Event>(id)?;
            store.insert(&row)
        })
        .await
        .map(created)
}
