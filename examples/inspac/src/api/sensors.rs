//! What sensors measure. Readings are ingested in batches and never changed.

use axum::Json;
use axum::http::StatusCode;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::Organisation;
use crate::database::{Filter, resource};
use crate::error::{ApiError, ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::values::{Moment, Name};

/// The most readings of one request.
const MOST: usize = 1000;

/// What a sensor measured at a moment.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Reading {
    id: i64,
    sensor: String,
    asset_id: Option<i64>,
    value: f64,
    unit: String,
    measured_at: Moment,
}

resource!(Reading, "sensor reading" in "readings");

/// Which readings are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ReadingFilter {
    sensor: Option<String>,
    asset_id: Option<i64>,
    /// Measured then or later.
    since: Option<Moment>,
}

impl Filter for ReadingFilter {
    type Row = Reading;
    const WHERE: &'static str = "
        (:sensor IS NULL OR sensor = :sensor)
        AND (:asset_id IS NULL OR asset_id = :asset_id)
        AND (:since IS NULL OR measured_at >= :since)";
}

/// One value of a batch.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewReading {
    sensor: Name,
    asset_id: Option<i64>,
    value: f64,
    unit: Name,
    measured_at: Moment,
}

/// Values to be ingested: 1 to 1000, all or none.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Batch {
    readings: Vec<NewReading>,
}

/// What became of a batch.
#[derive(Serialize, ToSchema)]
struct Ingested {
    ingested: usize,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(list_readings, ingest_readings)).routes(routes!(get_reading))
}

/// List sensor readings.
#[utoipa::path(
    get,
    path = "/sensors/readings",
    tag = "sensors",
    params(ReadingFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Reading>), Problems)
)]
#[requires_scope("sensors:read")]
async fn list_readings(
    organisation: Organisation,
    Query(filter): Query<ReadingFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Reading>>> {
    organisation.list(filter, page).await
}

/// Ingest sensor readings.
///
/// A sensor that measured twice at one moment is a conflict, and nothing of the batch is kept.
#[utoipa::path(
    post,
    path = "/sensors/readings",
    tag = "sensors",
    request_body = Batch,
    responses((status = 201, description = "What was made.", body = Ingested), Problems)
)]
#[requires_scope("sensors:write")]
async fn ingest_readings(
    organisation: Organisation,
    Body(Batch { readings }): Body<Batch>,
) -> ApiResult<(StatusCode, Json<Ingested>)> {
    if !(1..=MOST).contains(&readings.len()) {
        return Err(ApiError::Invalid(format!("a batch has between 1 and {MOST} readings")));
    }
    let ingested = organisation.write(move |rows| {
        for reading in &readings {
            rows.insert::<Reading>(reading)?;
        }
        Ok(readings.len())
    });
    Ok((StatusCode::CREATED, Json(Ingested { ingested: ingested.await? })))
}

/// Retrieve a sensor reading.
#[utoipa::path(
    get,
    path = "/sensors/readings/{id}",
    tag = "sensors",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = Reading), Problems)
)]
#[requires_scope("sensors:read")]
async fn get_reading(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<Json<Reading>> {
    organisation.get(id).await
}
