//! Assets: what stands on a site and is looked after.

use axum::Json;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::{Created, Organisation};
use crate::database::{Filter, resource};
use crate::error::{ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::values::Name;

/// An asset.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Asset {
    id: i64,
    site_id: i64,
    name: String,
    serial: Option<String>,
    created_at: String,
}

resource!(Asset, "asset" in "assets");

/// Which assets are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct AssetFilter {
    /// A part of the name.
    name: Option<String>,
    site_id: Option<i64>,
}

impl Filter for AssetFilter {
    type Row = Asset;
    const WHERE: &'static str = "
        (:name IS NULL OR instr(lower(name), lower(:name)) > 0)
        AND (:site_id IS NULL OR site_id = :site_id)";
}

/// A new asset.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAsset {
    site_id: i64,
    name: Name,
    serial: Option<Name>,
}

/// What is to be different about an asset; what is left out stays as it is.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssetChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    site_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial: Option<Name>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(list_assets, create_asset))
        .routes(routes!(get_asset, update_asset))
}

/// List assets.
#[utoipa::path(
    get,
    path = "/assets",
    tag = "assets",
    params(AssetFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Asset>), Problems)
)]
#[requires_scope("assets:read")]
async fn list_assets(
    organisation: Organisation,
    Query(filter): Query<AssetFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Asset>>> {
    organisation.list(filter, page).await
}

/// Create an asset.
#[utoipa::path(
    post,
    path = "/assets",
    tag = "assets",
    request_body = NewAsset,
    responses((status = 201, description = "What was made.", body = Asset), Problems)
)]
#[requires_scope("assets:write")]
async fn create_asset(organisation: Organisation, Body(new): Body<NewAsset>) -> ApiResult<Created<Asset>> {
    organisation.create(new).await
}

/// Retrieve an asset.
#[utoipa::path(
    get,
    path = "/assets/{id}",
    tag = "assets",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = Asset), Problems)
)]
#[requires_scope("assets:read")]
async fn get_asset(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<Json<Asset>> {
    organisation.get(id).await
}

/// Update an asset.
#[utoipa::path(
    patch,
    path = "/assets/{id}",
    tag = "assets",
    params(("id" = i64, Path)),
    request_body = AssetChanges,
    responses((status = 200, description = "What was asked for.", body = Asset), Problems)
)]
#[requires_scope("assets:write")]
async fn update_asset(
    organisation: Organisation,
    Path(id): Path<i64>,
    Body(changes): Body<AssetChanges>,
) -> ApiResult<Json<Asset>> {
    organisation.update(id, changes).await
}
