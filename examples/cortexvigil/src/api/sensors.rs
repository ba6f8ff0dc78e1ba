//! Sensors: what they are, how they are set, and what they last measured.

use axum::Json;
use axum::http::StatusCode;
use rmcp::schemars::{self, JsonSchema};
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::db::{Filter, entity, read_json, write_json};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::{Created, Tenant};
use crate::values::{Moment, Name, Patch, Word};

#[derive(Deserialize, Serialize)]
struct Sensor {
    id: i64,
    site_id: i64,
    area_id: Option<i64>,
    zone_id: Option<i64>,
    name: String,
    kind: Word,
    unit: String,
    created_at: String,
}

entity!(Sensor, "sensor" => "sensors");

/// The same row, seen as its settings.
#[derive(Deserialize, Serialize)]
struct SensorConfig {
    #[serde(rename(serialize = "sensor_id"))]
    id: i64,
    #[serde(deserialize_with = "read_json")]
    config: Config,
}

entity!(SensorConfig, Sensor::NOUN => Sensor::TABLE);

/// How often a sensor measures, and outside which bounds a value is unusual.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Config {
    sampling_seconds: u32,
    minimum: Option<f64>,
    maximum: Option<f64>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct LatestReading {
    id: i64,
    sensor_id: i64,
    kind: Word,
    unit: String,
    value: f64,
    measured_at: String,
}

entity!(LatestReading, "reading" => "latest_readings");

#[derive(Deserialize, Serialize)]
struct Reading {
    id: i64,
    sensor_id: i64,
    value: f64,
    measured_at: String,
}

entity!(Reading, "reading" => "readings", newest_first = true);

#[derive(Deserialize, Serialize)]
struct SensorFilter {
    site_id: Option<i64>,
    area_id: Option<i64>,
    zone_id: Option<i64>,
    kind: Option<Word>,
}

impl Filter for SensorFilter {
    type Row = Sensor;
    const WHERE: &'static str = "
        (:site_id IS NULL OR site_id = :site_id)
        AND (:area_id IS NULL OR area_id = :area_id)
        AND (:zone_id IS NULL OR zone_id = :zone_id)
        AND (:kind IS NULL OR kind = :kind)";
}

#[derive(Deserialize, JsonSchema, Serialize)]
pub(super) struct LatestFilter {
    site_id: Option<i64>,
    #[schemars(with = "Option<String>")]
    kind: Option<Word>,
}

impl Filter for LatestFilter {
    type Row = LatestReading;
    const WHERE: &'static str = "
        (:site_id IS NULL OR site_id = :site_id)
        AND (:kind IS NULL OR kind = :kind)";
}

#[derive(Deserialize)]
struct Span {
    from: Option<Moment>,
    to: Option<Moment>,
}

#[derive(Serialize)]
struct ReadingFilter {
    sensor_id: i64,
    from: Option<Moment>,
    to: Option<Moment>,
}

impl Filter for ReadingFilter {
    type Row = Reading;
    const WHERE: &'static str = "
        sensor_id = :sensor_id
        AND (:from IS NULL OR measured_at >= :from)
        AND (:to IS NULL OR measured_at < :to)";
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewSensor {
    site_id: i64,
    area_id: Option<i64>,
    zone_id: Option<i64>,
    name: Name,
    kind: Word,
    unit: Name,
    #[serde(serialize_with = "write_json")]
    config: Config,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct SensorChanges {
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    area_id: Patch<i64>,
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    zone_id: Patch<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Name>,
}

#[derive(Serialize)]
struct ConfigColumn {
    #[serde(serialize_with = "write_json")]
    config: Config,
}

impl Config {
    fn check(&self) -> ApiResult<()> {
        let problem = if self.sampling_seconds == 0 {
            "a sensor samples at most once a second"
        } else if self.minimum.zip(self.maximum).is_some_and(|(minimum, maximum)| minimum > maximum) {
            "the minimum is not above the maximum"
        } else {
            return Ok(());
        };
        Err(ApiError::Invalid(problem.to_owned()))
    }
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_sensors).post(create_sensor))
        .route("/readings/latest", get(list_latest_readings))
        .route("/{id}", get(get_sensor).patch(update_sensor).delete(delete_sensor))
        .route("/{id}/readings", get(list_readings))
        .route("/{id}/config", get(get_sensor_config).put(replace_sensor_config))
}

#[requires_scope("read:sensors")]
async fn list_sensors(
    tenant: Tenant,
    Query(filter): Query<SensorFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Sensor>>> {
    tenant.list(filter, page).await
}

#[requires_scope("write:sensors")]
async fn create_sensor(tenant: Tenant, Body(sensor): Body<NewSensor>) -> ApiResult<Created<Sensor>> {
    sensor.config.check()?;
    tenant.create(sensor).await
}

#[requires_scope("read:sensors")]
async fn list_latest_readings(
    tenant: Tenant,
    Query(filter): Query<LatestFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<LatestReading>>> {
    tenant.list(filter, page).await
}

#[requires_scope("read:sensors")]
async fn get_sensor(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Sensor>> {
    tenant.get(id).await
}

#[requires_scope("write:sensors")]
async fn update_sensor(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(changes): Body<SensorChanges>,
) -> ApiResult<Json<Sensor>> {
    tenant.amend(id, changes).await
}

#[requires_scope("write:sensors")]
async fn delete_sensor(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    tenant.remove::<Sensor>(id).await
}

#[requires_scope("read:sensors")]
async fn list_readings(
    tenant: Tenant,
    Path(id): Path<i64>,
    Query(span): Query<Span>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Reading>>> {
    let filter = ReadingFilter { sensor_id: id, from: span.from, to: span.to };
    tenant.list_of::<Sensor, _>(id, filter, page).await
}

#[requires_scope("read:sensors")]
async fn get_sensor_config(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<SensorConfig>> {
    tenant.get(id).await
}

#[requires_scope("write:sensors")]
async fn replace_sensor_config(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(config): Body<Config>,
) -> ApiResult<Json<SensorConfig>> {
    config.check()?;
    tenant.amend(id, ConfigColumn { config }).await
}
