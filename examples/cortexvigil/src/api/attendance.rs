//! Attendance: what the punches at entries and exits add up to. Days are days in UTC.

use axum::Json;
use rmcp::schemars::{self, JsonSchema};
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::db::{Filter, entity};
use crate::error::ApiResult;
use crate::extract::{Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::Tenant;
use crate::values::{Day, Direction, Moment};

/// A stay in an area; open while `left_at` is `null`.
#[derive(Deserialize, Serialize)]
struct Record {
    id: i64,
    face_id: i64,
    area_id: i64,
    slot_id: Option<i64>,
    date: String,
    entered_at: String,
    left_at: Option<String>,
    seconds_present: Option<i64>,
    late: bool,
}

entity!(Record, "attendance record" => "attendance_records", newest_first = true);

/// One passing of an entry or an exit.
#[derive(Deserialize, Serialize)]
pub(super) struct Punch {
    id: i64,
    face_id: i64,
    area_id: i64,
    event_id: Option<i64>,
    direction: Direction,
    punched_at: String,
}

entity!(Punch, "punch" => "punches", newest_first = true);

/// A span of the day in which people are expected.
#[derive(Deserialize, Serialize)]
pub(super) struct Slot {
    id: i64,
    area_id: i64,
    name: String,
    starts_at: String,
    ends_at: String,
}

entity!(Slot, "slot" => "attendance_slots");

/// One person's day.
#[derive(Deserialize, Serialize)]
pub(super) struct DailySummary {
    id: i64,
    face_id: i64,
    date: String,
    first_entered_at: String,
    last_left_at: Option<String>,
    stays: i64,
    seconds_present: i64,
    late: bool,
}

entity!(DailySummary, "daily summary" => "daily_summaries", newest_first = true);

#[derive(Deserialize, Serialize)]
struct RecordFilter {
    face_id: Option<i64>,
    area_id: Option<i64>,
    from: Option<Day>,
    to: Option<Day>,
    late: Option<bool>,
}

impl Filter for RecordFilter {
    type Row = Record;
    const WHERE: &'static str = "
        (:face_id IS NULL OR face_id = :face_id)
        AND (:area_id IS NULL OR area_id = :area_id)
        AND (:from IS NULL OR date >= :from)
        AND (:to IS NULL OR date <= :to)
        AND (:late IS NULL OR late = :late)";
}

#[derive(Deserialize, Serialize)]
struct PunchFilter {
    face_id: Option<i64>,
    area_id: Option<i64>,
    from: Option<Moment>,
    to: Option<Moment>,
    direction: Option<Direction>,
}

impl Filter for PunchFilter {
    type Row = Punch;
    const WHERE: &'static str = "
        (:face_id IS NULL OR face_id = :face_id)
        AND (:area_id IS NULL OR area_id = :area_id)
        AND (:from IS NULL OR punched_at >= :from)
        AND (:to IS NULL OR punched_at < :to)
        AND (:direction IS NULL OR direction = :direction)";
}

#[derive(Deserialize, Serialize)]
pub(super) struct SlotFilter {
    pub(super) area_id: Option<i64>,
}

impl Filter for SlotFilter {
    type Row = Slot;
    const WHERE: &'static str = "(:area_id IS NULL OR area_id = :area_id)";
}

#[derive(Deserialize, JsonSchema, Serialize)]
pub(super) struct SummaryFilter {
    face_id: Option<i64>,
    #[schemars(with = "Option<String>")]
    from: Option<Day>,
    #[schemars(with = "Option<String>")]
    to: Option<Day>,
}

impl SummaryFilter {
    /// Everybody, on one day.
    pub(super) fn of_day(day: &Day) -> Self {
        Self { face_id: None, from: Some(day.clone()), to: Some(day.clone()) }
    }
}

impl Filter for SummaryFilter {
    type Row = DailySummary;
    const WHERE: &'static str = "
        (:face_id IS NULL OR face_id = :face_id)
        AND (:from IS NULL OR date >= :from)
        AND (:to IS NULL OR date <= :to)";
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/records", get(list_records))
        .route("/records/{id}", get(get_record))
        .route("/punches", get(list_punches))
        .route("/slots", get(list_slots))
        .route("/daily-summaries", get(list_daily_summaries))
}

#[requires_scope("read:attendance")]
async fn list_records(
    tenant: Tenant,
    Query(filter): Query<RecordFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Record>>> {
    tenant.list(filter, page).await
}

#[requires_scope("read:attendance")]
async fn get_record(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Record>> {
    tenant.get(id).await
}

#[requires_scope("read:attendance")]
async fn list_punches(
    tenant: Tenant,
    Query(filter): Query<PunchFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Punch>>> {
    tenant.list(filter, page).await
}

#[requires_scope("read:attendance")]
async fn list_slots(
    tenant: Tenant,
    Query(filter): Query<SlotFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Slot>>> {
    tenant.list(filter, page).await
}

#[requires_scope("read:attendance")]
async fn list_daily_summaries(
    tenant: Tenant,
    Query(filter): Query<SummaryFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<DailySummary>>> {
    tenant.list(filter, page).await
}
