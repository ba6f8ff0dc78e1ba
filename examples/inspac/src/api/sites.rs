//! Sites: where everything else is.

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
use crate::values::{Name, Note};

/// A site.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Site {
    id: i64,
    name: String,
    address: Option<String>,
    created_at: String,
}

resource!(Site, "site" in "sites");

/// Which sites are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SiteFilter {
    /// A part of the name.
    name: Option<String>,
}

impl Filter for SiteFilter {
    type Row = Site;
    const WHERE: &'static str = "(:name IS NULL OR instr(lower(name), lower(:name)) > 0)";
}

/// A new site.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSite {
    name: Name,
    address: Option<Note>,
}

/// What is to be different about a site; what is left out stays as it is.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SiteChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Note>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(list_sites, create_site)).routes(routes!(get_site, update_site))
}

/// List sites.
#[utoipa::path(
    get,
    path = "/sites",
    tag = "sites",
    params(SiteFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Site>), Problems)
)]
#[requires_scope("sites:read")]
async fn list_sites(
    organisation: Organisation,
    Query(filter): Query<SiteFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Site>>> {
    organisation.list(filter, page).await
}

/// Create a site.
#[utoipa::path(
    post,
    path = "/sites",
    tag = "sites",
    request_body = NewSite,
    responses((status = 201, description = "What was made.", body = Site), Problems)
)]
#[requires_scope("sites:write")]
async fn create_site(organisation: Organisation, Body(new): Body<NewSite>) -> ApiResult<Created<Site>> {
    organisation.create(new).await
}

/// Retrieve a site.
#[utoipa::path(
    get,
    path = "/sites/{id}",
    tag = "sites",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = Site), Problems)
)]
#[requires_scope("sites:read")]
async fn get_site(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<Json<Site>> {
    organisation.get(id).await
}

/// Update a site.
#[utoipa::path(
    patch,
    path = "/sites/{id}",
    tag = "sites",
    params(("id" = i64, Path)),
    request_body = SiteChanges,
    responses((status = 200, description = "What was asked for.", body = Site), Problems)
)]
#[requires_scope("sites:write")]
async fn update_site(
    organisation: Organisation,
    Path(id): Path<i64>,
    Body(changes): Body<SiteChanges>,
) -> ApiResult<Json<Site>> {
    organisation.update(id, changes).await
}
