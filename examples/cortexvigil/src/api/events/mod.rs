//! Activity events: what cameras noticed and people noted down.

mod detections;
mod notes;
mod record;

pub(super) use notes::acknowledge;

use axum::Json;
use rmcp::schemars::{self, JsonSchema};
use scopewright::axum::Router;
use scopewright::axum::routing::{get, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::db::{Filter, entity};
use crate::error::ApiResult;
use crate::extract::{Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::Tenant;
use crate::values::{Moment, Severity, Word};

#[derive(Deserialize, Serialize)]
pub(super) struct Event {
    id: i64,
    camera_id: Option<i64>,
    area_id: Option<i64>,
    face_id: Option<i64>,
    kind: Word,
    severity: Severity,
    source: Source,
    summary: Option<String>,
    occurred_at: Moment,
    acknowledged_at: Option<String>,
    acknowledged_by: Option<String>,
}

entity!(Event, "event" => "events", newest_first = true);

/// Who made an event known.
#[derive(Clone, Copy, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    Device,
    #[default]
    Manual,
}

#[derive(Deserialize, JsonSchema, Serialize)]
pub(super) struct EventFilter {
    camera_id: Option<i64>,
    area_id: Option<i64>,
    face_id: Option<i64>,
    #[schemars(with = "Option<String>")]
    kind: Option<Word>,
    #[schemars(with = "Option<String>")]
    severity: Option<Severity>,
    acknowledged: Option<bool>,
    #[schemars(with = "Option<String>")]
    from: Option<Moment>,
    #[schemars(with = "Option<String>")]
    to: Option<Moment>,
}

impl Filter for EventFilter {
    type Row = Event;
    const WHERE: &'static str = "
        (:camera_id IS NULL OR camera_id = :camera_id)
        AND (:area_id IS NULL OR area_id = :area_id)
        AND (:face_id IS NULL OR face_id = :face_id)
        AND (:kind IS NULL OR kind = :kind)
        AND (:severity IS NULL OR severity = :severity)
        AND (:acknowledged IS NULL OR (acknowledged_at IS NOT NULL) = :acknowledged)
        AND (:from IS NULL OR occurred_at >= :from)
        AND (:to IS NULL OR occurred_at < :to)";
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_events).post(record::create_event))
        .route("/{id}", get(get_event))
        .route("/{id}/metadata", get(notes::get_event_metadata))
        .route("/{id}/acknowledge", post(notes::acknowledge_event))
        .route("/{id}/annotations", get(notes::list_annotations).post(notes::annotate_event))
        .merge(detections::routes())
}

#[requires_scope("read:events")]
async fn list_events(
    tenant: Tenant,
    Query(filter): Query<EventFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Event>>> {
    tenant.list(filter, page).await
}

#[requires_scope("read:events")]
async fn get_event(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Event>> {
    tenant.get(id).await
}
