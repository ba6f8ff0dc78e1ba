//! Cameras: where they hang, and the device each is paired with.

use axum::Json;
use axum::http::StatusCode;
use rmcp::schemars::{self, JsonSchema};
use scopewright::axum::Router;
use scopewright::axum::routing::{get, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::db::{Filter, entity, read_json, write_json};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::{Created, Tenant};
use crate::values::{Direction, Moment, Name, Patch};

#[derive(Deserialize, Serialize)]
pub(super) struct Camera {
    id: i64,
    site_id: i64,
    area_id: Option<i64>,
    name: String,
    model: Option<String>,
    direction: Direction,
    enabled: bool,
    paired: bool,
    created_at: String,
}

entity!(Camera, "camera" => "cameras");

/// The same row, seen as the device behind it.
#[derive(Deserialize, Serialize)]
struct PairStatus {
    #[serde(rename(serialize = "camera_id"))]
    id: i64,
    paired: bool,
    device_serial: Option<String>,
    paired_at: Option<String>,
}

entity!(PairStatus, Camera::NOUN => Camera::TABLE);

/// The same row, seen as what its device can do; nothing is known before it is paired.
#[derive(Deserialize, Serialize)]
struct CameraCapabilities {
    #[serde(rename(serialize = "camera_id"))]
    id: i64,
    #[serde(deserialize_with = "read_json")]
    capabilities: Option<Capabilities>,
}

entity!(CameraCapabilities, Camera::NOUN => Camera::TABLE);

/// What a device reports of itself when it is paired.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Capabilities {
    width: u32,
    height: u32,
    frames_per_second: u16,
    #[serde(default)]
    pan_tilt_zoom: bool,
    #[serde(default)]
    infrared: bool,
    #[serde(default)]
    audio: bool,
}

#[derive(Default, Deserialize, JsonSchema, Serialize)]
pub(super) struct CameraFilter {
    site_id: Option<i64>,
    area_id: Option<i64>,
    enabled: Option<bool>,
    paired: Option<bool>,
}

impl Filter for CameraFilter {
    type Row = Camera;
    const WHERE: &'static str = "
        (:site_id IS NULL OR site_id = :site_id)
        AND (:area_id IS NULL OR area_id = :area_id)
        AND (:enabled IS NULL OR enabled = :enabled)
        AND (:paired IS NULL OR paired = :paired)";
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewCamera {
    site_id: i64,
    area_id: Option<i64>,
    name: Name,
    model: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct CameraChanges {
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    area_id: Patch<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    model: Patch<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairRequest {
    device_serial: Name,
    capabilities: Capabilities,
}

/// The columns that pairing fills and unpairing empties.
#[derive(Default, Serialize)]
struct Pairing {
    device_serial: Option<Name>,
    paired_at: Option<Moment>,
    #[serde(serialize_with = "write_json")]
    capabilities: Option<Capabilities>,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_cameras).post(create_camera))
        .route("/{id}", get(get_camera).patch(update_camera).delete(delete_camera))
        .route("/{id}/pair-status", get(get_pair_status))
        .route("/{id}/capabilities", get(get_capabilities))
        .route("/{id}/pair", post(pair_camera))
        .route("/{id}/unpair", post(unpair_camera))
}

#[requires_scope("read:cameras")]
async fn list_cameras(
    tenant: Tenant,
    Query(filter): Query<CameraFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Camera>>> {
    tenant.list(filter, page).await
}

#[requires_scope("write:cameras")]
async fn create_camera(tenant: Tenant, Body(camera): Body<NewCamera>) -> ApiResult<Created<Camera>> {
    tenant.create(camera).await
}

#[requires_scope("read:cameras")]
async fn get_camera(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Camera>> {
    tenant.get(id).await
}

#[requires_scope("write:cameras")]
async fn update_camera(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(changes): Body<CameraChanges>,
) -> ApiResult<Json<Camera>> {
    tenant.amend(id, changes).await
}

#[requires_scope("write:cameras")]
async fn delete_camera(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    tenant.remove::<Camera>(id).await
}

#[requires_scope("read:cameras")]
async fn get_pair_status(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<PairStatus>> {
    tenant.get(id).await
}

#[requires_scope("read:cameras")]
async fn get_capabilities(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<CameraCapabilities>> {
    tenant.get(id).await
}

#[requires_scope("write:cameras")]
async fn pair_camera(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(request): Body<PairRequest>,
) -> ApiResult<Json<PairStatus>> {
    let pairing = Pairing {
        device_serial: Some(request.device_serial),
        paired_at: Some(Moment::now()),
        capabilities: Some(request.capabilities),
    };
    set_pairing(&tenant, id, pairing).await
}

#[requires_scope("write:cameras")]
async fn unpair_camera(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<PairStatus>> {
    set_pairing(&tenant, id, Pairing::default()).await
}

/// Pairs an unpaired camera or the other way round; what is so already is a conflict.
async fn set_pairing(tenant: &Tenant, id: i64, pairing: Pairing) -> ApiResult<Json<PairStatus>> {
    tenant
        .write(move |store| {
            let current: PairStatus = store.get(id)?;
            if current.paired == pairing.device_serial.is_some() {
                let state = if current.paired { "paired already" } else { "not paired" };
                return Err(ApiError::Conflict(format!("the camera {id} is {state}")));
            }
            store.update(id, &pairing)
        })
        .await
        .map(Json)
}
