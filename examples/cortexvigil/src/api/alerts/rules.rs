//! Alert rules: which events raise an alert, and on which channel it is told.

use axum::Json;
use axum::http::StatusCode;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::db::{Filter, Store, entity};
use crate::error::ApiResult;
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::{Created, Tenant};
use crate::values::{Name, Patch, Severity, Word};

#[derive(Deserialize, Serialize)]
pub(super) struct Rule {
    id: i64,
    name: String,
    event_kind: Word,
    minimum_severity: Severity,
    area_id: Option<i64>,
    channel: Channel,
    target: String,
    enabled: bool,
    created_at: String,
}

entity!(Rule, "alert rule" => "alert_rules");

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Channel {
    Email,
    Sms,
    Webhook,
}

#[derive(Default, Deserialize, Serialize)]
struct RuleFilter {
    enabled: Option<bool>,
    event_kind: Option<Word>,
}

impl Filter for RuleFilter {
    type Row = Rule;
    const WHERE: &'static str = "
        (:enabled IS NULL OR enabled = :enabled)
        AND (:event_kind IS NULL OR event_kind = :event_kind)";
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewRule {
    name: Name,
    event_kind: Word,
    minimum_severity: Severity,
    area_id: Option<i64>,
    channel: Channel,
    target: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct RuleChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_kind: Option<Word>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_severity: Option<Severity>,
    #[serde(default, skip_serializing_if = "Patch::is_keep")]
    area_id: Patch<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<Channel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_rules).post(create_rule))
        .route("/{id}", get(get_rule).patch(update_rule).delete(delete_rule))
}

#[requires_scope("read:alerts")]
async fn list_rules(
    tenant: Tenant,
    Query(filter): Query<RuleFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Rule>>> {
    tenant.list(filter, page).await
}

#[requires_scope("write:alerts")]
async fn create_rule(tenant: Tenant, Body(rule): Body<NewRule>) -> ApiResult<Created<Rule>> {
    tenant.create(rule).await
}

#[requires_scope("read:alerts")]
async fn get_rule(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Rule>> {
    tenant.get(id).await
}

#[requires_scope("write:alerts")]
async fn update_rule(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(changes): Body<RuleChanges>,
) -> ApiResult<Json<Rule>> {
    tenant.amend(id, changes).await
}

#[requires_scope("write:alerts")]
async fn delete_rule(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    tenant.remove::<Rule>(id).await
}

/// The rules that ask for an alert about such an event.
pub(super) fn matching(
    store: Store<'_>,
    kind: &Word,
    severity: Severity,
    area_id: Option<i64>,
) -> ApiResult<Vec<Rule>> {
    let filter = RuleFilter { enabled: Some(true), event_kind: Some(kind.clone()) };
    let mut rules = store.all(&filter)?;
    rules.retain(|rule| {
        severity >= rule.minimum_severity && (rule.area_id.is_none() || rule.area_id == area_id)
    });
    Ok(rules)
}

impl Rule {
    /// What an alert of this rule is called.
    pub(super) fn title(&self) -> String {
        self.name.clone()
    }
}
