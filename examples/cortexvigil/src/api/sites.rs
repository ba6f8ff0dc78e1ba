//! Sites of the key's organisation. The operator sets them up; an integration only reads them.

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

#[derive(Deserialize, Serialize)]
pub(super) struct Site {
    id: i64,
    name: String,
    address: Option<String>,
    created_at: String,
}

entity!(Site, "site" => "sites");

#[derive(Deserialize, JsonSchema, Serialize)]
pub(super) struct SiteFilter {
    /// A part of the name.
    name: Option<String>,
}

impl Filter for SiteFilter {
    type Row = Site;
    const WHERE: &'static str = "(:name IS NULL OR instr(lower(name), lower(:name)) > 0)";
}

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/sites", get(list_sites)).route("/sites/{id}", get(get_site))
}

#[requires_scope("read:sites")]
async fn list_sites(
    tenant: Tenant,
    Query(filter): Query<SiteFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Site>>> {
    tenant.list(filter, page).await
}

#[requires_scope("read:sites")]
async fn get_site(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Site>> {
    tenant.get(id).await
}
