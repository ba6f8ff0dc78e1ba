//! To whom an alert was told, and whether it got there.

use axum::Json;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use super::Alert;
use crate::db::{Filter, Store, entity};
use crate::error::ApiResult;
use crate::extract::{Path, Query};
use crate::page::{Listing, Page};
use crate::tenant::Tenant;

#[derive(Deserialize, Serialize)]
pub(super) struct Delivery {
    id: i64,
    alert_id: i64,
    channel: String,
    target: String,
    /// `queued`, `done` (the message gateway can collect it) or `failed`.
    status: String,
    error: Option<String>,
    queued_at: String,
    finished_at: Option<String>,
}

entity!(Delivery, "delivery" => "deliveries");

#[derive(Serialize)]
pub(super) struct DeliveryFilter {
    alert_id: i64,
}

impl Filter for DeliveryFilter {
    type Row = Delivery;
    const WHERE: &'static str = "alert_id = :alert_id";
}

#[requires_scope("read:alerts")]
pub(super) async fn list_deliveries(
    tenant: Tenant,
    Path(id): Path<i64>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Delivery>>> {
    tenant.list_of::<Alert, _>(id, DeliveryFilter { alert_id: id }, page).await
}

/// Queues what the alert's rule says; an alert without a rule is told to nobody.
pub(super) fn queue(store: Store<'_>, alert_id: i64) -> ApiResult<()> {
    store.run(
        "INSERT INTO deliveries (organisation_id, alert_id, channel, target)
         SELECT a.organisation_id, a.id, r.channel, r.target
         FROM alerts AS a
         JOIN alert_rules AS r ON r.id = a.rule_id
         WHERE a.organisation_id = :organisation_id AND a.id = :alert_id",
        &DeliveryFilter { alert_id },
    )?;
    Ok(())
}
