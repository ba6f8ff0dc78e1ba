//! What was recognised in the pictures of an event.

use axum::Json;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::Event;
use crate::db::{Filter, entity};
use crate::error::ApiResult;
use crate::extract::{Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::Tenant;
use crate::values::{Fraction, Word};

/// A labelled box, in fractions of the picture's width and height.
#[derive(Deserialize, Serialize)]
pub(super) struct Detection {
    id: i64,
    event_id: i64,
    label: Word,
    confidence: Fraction,
    x: Fraction,
    y: Fraction,
    width: Fraction,
    height: Fraction,
}

entity!(Detection, "detection" => "detections", newest_first = true);

#[derive(Default, Deserialize, Serialize)]
struct DetectionFilter {
    event_id: Option<i64>,
    label: Option<Word>,
    minimum_confidence: Option<Fraction>,
}

impl Filter for DetectionFilter {
    type Row = Detection;
    const WHERE: &'static str = "
        (:event_id IS NULL OR event_id = :event_id)
        AND (:label IS NULL OR label = :label)
        AND (:minimum_confidence IS NULL OR confidence >= :minimum_confidence)";
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/detections", get(list_detections))
        .route("/{id}/detections", get(list_detections_of_event))
}

#[requires_scope("read:events")]
async fn list_detections(
    tenant: Tenant,
    Query(filter): Query<DetectionFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Detection>>> {
    tenant.list(filter, page).await
}

#[requires_scope("read:events")]
async fn list_detections_of_event(
    tenant: Tenant,
    Path(id): Path<i64>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Detection>>> {
    let filter = DetectionFilter { event_id: Some(id), ..DetectionFilter::default() };
    tenant.list_of::<Event, _>(id, filter, page).await
}
