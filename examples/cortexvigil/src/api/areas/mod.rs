//! Areas of a site: rooms, gates, yards, each with a pin on the site's plan.

mod attendance_config;

use axum::Json;
use axum::http::StatusCode;
use scopewright::axum::Router;
use scopewright::axum::routing::{get, put};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::zones::{Zone, ZoneFilter};
use crate::db::{Filter, entity};
use crate::error::ApiResult;
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::{Created, Tenant};
use crate::values::{Name, Patch, Point};

#[derive(Deserialize, Serialize)]
struct Area {
    id: i64,
    site_id: i64,
    name: String,
    floor: Option<i32>,
    pin_x: Option<f64>,
    pin_y: Option<f64>,
    created_at: String,
}

entity!(Area, "area" => "areas");

#[derive(Deserialize, Serialize)]
struct AreaFilter {
    site_id: Option<i64>,
    floor: Option<i32>,
}

impl Filter for AreaFilter {
    type Row = Area;
    const WHERE: &'static str = "
        (:site_id IS NULL OR site_id = :site_id)
        AND (:floor IS NULL OR floor = :floor)";
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewArea {
    site_id: i64,
    name: Name,
    floor: Option<i32>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct AreaChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    floor: Patch<i32>,
}

#[derive(Serialize)]
struct Pin {
    pin_x: Option<f64>,
    pin_y: Option<f64>,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_areas).post(create_area))
        .route("/{id}", get(get_area).patch(update_area).delete(delete_area))
        .route("/{id}/zones", get(list_zones_of_area))
        .route("/{id}/pin", put(set_pin).delete(remove_pin))
        .merge(attendance_config::routes())
}

#[requires_scope("read:areas")]
async fn list_areas(
    tenant: Tenant,
    Query(filter): Query<AreaFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Area>>> {
    tenant.list(filter, page).await
}

#[requires_scope("write:areas")]
async fn create_area(tenant: Tenant, Body(area): Body<NewArea>) -> ApiResult<Created<Area>> {
    tenant.create(area).await
}

#[requires_scope("read:areas")]
async fn get_area(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Area>> {
    tenant.get(id).await
}

#[requires_scope("write:areas")]
async fn update_area(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(changes): Body<AreaChanges>,
) -> ApiResult<Json<Area>> {
    tenant.amend(id, changes).await
}

#[requires_scope("write:areas")]
async fn delete_area(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    tenant.remove::<Area>(id).await
}

#[requires_scope("read:areas")]
async fn list_zones_of_area(
    tenant: Tenant,
    Path(id): Path<i64>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Zone>>> {
    let filter = ZoneFilter { area_id: Some(id), ..ZoneFilter::default() };
    tenant.list_of::<Area, _>(id, filter, page).await
}

#[requires_scope("write:areas")]
async fn set_pin(tenant: Tenant, Path(id): Path<i64>, Body(point): Body<Point>) -> ApiResult<Json<Area>> {
    tenant.amend(id, Pin { pin_x: Some(point.x.get()), pin_y: Some(point.y.get()) }).await
}

#[requires_scope("write:areas")]
async fn remove_pin(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Area>> {
    tenant.amend(id, Pin { pin_x: None, pin_y: None }).await
}
