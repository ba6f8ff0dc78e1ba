//! Check-ins: who was at which site, from when to when.

use axum::Json;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::created;
use crate::caller::{Created, Organisation};
use crate::database::{Filter, resource};
use crate::error::{ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::outbox::{Trigger, fire};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::values::Moment;

/// A site check-in.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Checkin {
    id: i64,
    site_id: i64,
    user_id: i64,
    checked_in_at: Moment,
    checked_out_at: Option<Moment>,
}

resource!(Checkin, "site check-in" in "checkins");

/// Which site check-ins are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct CheckinFilter {
    site_id: Option<i64>,
    user_id: Option<i64>,
}

impl Filter for CheckinFilter {
    type Row = Checkin;
    const WHERE: &'static str = "
        (:site_id IS NULL OR site_id = :site_id)
        AND (:user_id IS NULL OR user_id = :user_id)";
}

/// A new site check-in.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCheckin {
    site_id: i64,
    user_id: i64,
    /// Now, if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_in_at: Option<Moment>,
}

/// What is to be different about a site check-in; what is left out stays as it is.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CheckinChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_in_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked_out_at: Option<Moment>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(list_checkins, create_checkin))
        .routes(routes!(get_checkin, update_checkin))
}

/// List site check-ins.
#[utoipa::path(
    get,
    path = "/checkins",
    tag = "checkins",
    params(CheckinFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Checkin>), Problems)
)]
#[requires_scope("checkins:read")]
async fn list_checkins(
    organisation: Organisation,
    Query(filter): Query<CheckinFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Checkin>>> {
    organisation.list(filter, page).await
}

/// Create a site check-in.
#[utoipa::path(
    post,
    path = "/checkins",
    tag = "checkins",
    request_body = NewCheckin,
    responses((status = 201, description = "What was made.", body = Checkin), Problems)
)]
#[requires_scope("checkins:write")]
async fn create_checkin(
    organisation: Organisation,
    Body(new): Body<NewCheckin>,
) -> ApiResult<Created<Checkin>> {
    let made = organisation.write(move |rows| {
        let checkin: Checkin = rows.insert(&new)?;
        fire(rows, Trigger::CheckinCreated, &checkin)?;
        Ok(checkin)
    });
    made.await.map(created)
}

/// Retrieve a site check-in.
#[utoipa::path(
    get,
    path = "/checkins/{id}",
    tag = "checkins",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = Checkin), Problems)
)]
#[requires_scope("checkins:read")]
async fn get_checkin(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<Json<Checkin>> {
    organisation.get(id).await
}

/// Update a site check-in.
#[utoipa::path(
    patch,
    path = "/checkins/{id}",
    tag = "checkins",
    params(("id" = i64, Path)),
    request_body = CheckinChanges,
    responses((status = 200, description = "What was asked for.", body = Checkin), Problems)
)]
#[requires_scope("checkins:write")]
async fn update_checkin(
    organisation: Organisation,
    Path(id): Path<i64>,
    Body(changes): Body<CheckinChanges>,
) -> ApiResult<Json<Checkin>> {
    organisation.update(id, changes).await
}
