//! Zones: outlines within an area, with whatever an integration keeps beside them.

use axum::Json;
use axum::http::StatusCode;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::db::{Filter, entity, read_json, write_json};
use crate::error::ApiResult;
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::{Created, Tenant};
use crate::values::{Metadata, Name, Polygon};

#[derive(Deserialize, Serialize)]
pub(super) struct Zone {
    id: i64,
    area_id: i64,
    name: String,
    kind: ZoneKind,
    #[serde(deserialize_with = "read_json")]
    polygon: Polygon,
    created_at: String,
}

entity!(Zone, "zone" => "zones");

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ZoneKind {
    Monitored,
    Restricted,
    Private,
}

/// The same row, seen as what is kept beside it.
#[derive(Deserialize, Serialize)]
struct ZoneMetadata {
    #[serde(rename(serialize = "zone_id"))]
    id: i64,
    #[serde(deserialize_with = "read_json")]
    metadata: Metadata,
}

entity!(ZoneMetadata, Zone::NOUN => Zone::TABLE);

#[derive(Default, Deserialize, Serialize)]
pub(super) struct ZoneFilter {
    pub(super) area_id: Option<i64>,
    pub(super) kind: Option<ZoneKind>,
}

impl Filter for ZoneFilter {
    type Row = Zone;
    const WHERE: &'static str = "
        (:area_id IS NULL OR area_id = :area_id)
        AND (:kind IS NULL OR kind = :kind)";
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewZone {
    area_id: i64,
    name: Name,
    kind: ZoneKind,
    #[serde(serialize_with = "write_json")]
    polygon: Polygon,
    #[serde(default, serialize_with = "write_json")]
    metadata: Metadata,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct ZoneChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<ZoneKind>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "write_json")]
    polygon: Option<Polygon>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "write_json")]
    metadata: Option<Metadata>,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_zones).post(create_zone))
        .route("/{id}", get(get_zone).patch(update_zone).delete(delete_zone))
        .route("/{id}/metadata", get(get_zone_metadata))
}

#[requires_scope("read:zones")]
async fn list_zones(
    tenant: Tenant,
    Query(filter): Query<ZoneFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Zone>>> {
    tenant.list(filter, page).await
}

#[requires_scope("write:zones")]
async fn create_zone(tenant: Tenant, Body(zone): Body<NewZone>) -> ApiResult<Created<Zone>> {
    tenant.create(zone).await
}

#[requires_scope("read:zones")]
async fn get_zone(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Zone>> {
    tenant.get(id).await
}

#[requires_scope("write:zones")]
async fn update_zone(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(changes): Body<ZoneChanges>,
) -> ApiResult<Json<Zone>> {
    tenant.amend(id, changes).await
}

#[requires_scope("write:zones")]
async fn delete_zone(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    tenant.remove::<Zone>(id).await
}

#[requires_scope("read:zones")]
async fn get_zone_metadata(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<ZoneMetadata>> {
    tenant.get(id).await
}
