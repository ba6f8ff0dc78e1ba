//! Alerts: raised by hand or by a rule, seen, resolved, and told to somebody.

mod deliveries;
mod rules;

use axum::Json;
use axum::extract::State;
use rmcp::schemars::{self, JsonSchema};
use scopewright::axum::Router;
use scopewright::axum::routing::{get, post};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};

use crate::db::{Entity, Filter, Store, entity};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::{Created, Tenant, created};
use crate::values::{Moment, Name, Note, Severity, Word};

#[derive(Deserialize, Serialize)]
pub(super) struct Alert {
    id: i64,
    rule_id: Option<i64>,
    event_id: Option<i64>,
    title: String,
    message: Option<String>,
    severity: Severity,
    status: Status,
    created_at: String,
    acknowledged_at: Option<String>,
    acknowledged_by: Option<String>,
    resolved_at: Option<String>,
    resolved_by: Option<String>,
    resolution: Option<String>,
}

entity!(Alert, "alert" => "alerts", newest_first = true);

#[derive(Clone, Copy, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Open,
    Acknowledged,
    Resolved,
}

#[derive(Default, Deserialize, JsonSchema, Serialize)]
pub(super) struct AlertFilter {
    #[schemars(with = "Option<String>")]
    status: Option<Status>,
    #[schemars(with = "Option<String>")]
    severity: Option<Severity>,
    rule_id: Option<i64>,
}

impl AlertFilter {
    /// Those nobody has seen.
    pub(super) fn open() -> Self {
        Self { status: Some(Status::Open), ..Self::default() }
    }
}

impl Filter for AlertFilter {
    type Row = Alert;
    const WHERE: &'static str = "
        (:status IS NULL OR status = :status)
        AND (:severity IS NULL OR severity = :severity)
        AND (:rule_id IS NULL OR rule_id = :rule_id)";
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct NewAlert {
    title: Name,
    message: Option<Note>,
    severity: Severity,
    event_id: Option<i64>,
    /// Whose channel the alert is told on.
    rule_id: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resolution {
    resolution: Note,
}

#[derive(Serialize)]
struct Acknowledgement {
    status: Status,
    acknowledged_at: Moment,
    acknowledged_by: String,
}

#[derive(Serialize)]
struct Settlement {
    status: Status,
    resolved_at: Moment,
    resolved_by: String,
    resolution: Note,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_alerts).post(create_alert))
        .route("/{id}", get(get_alert))
        .route("/{id}/acknowledge", post(acknowledge_alert))
        .route("/{id}/resolve", post(resolve_alert))
        .route("/{id}/deliveries", get(deliveries::list_deliveries))
        .nest("/rules", rules::routes())
}

#[requires_scope("read:alerts")]
async fn list_alerts(
    tenant: Tenant,
    Query(filter): Query<AlertFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Alert>>> {
    tenant.list(filter, page).await
}

#[requires_scope("write:alerts")]
async fn create_alert(
    tenant: Tenant,
    State(state): State<AppState>,
    Body(alert): Body<NewAlert>,
) -> ApiResult<Created<Alert>> {
    let alert = tenant.write(move |store| raise(store, &alert)).await?;
    state.queued.notify_one();
    Ok(created(alert))
}

#[requires_scope("read:alerts")]
async fn get_alert(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Alert>> {
    tenant.get(id).await
}

#[requires_scope("write:alerts")]
async fn acknowledge_alert(tenant: Tenant, Path(id): Path<i64>) -> ApiResult<Json<Alert>> {
    acknowledge(&tenant, id).await
}

/// Marks an alert as seen. Who saw it first stays on record.
pub(super) async fn acknowledge(tenant: &Tenant, id: i64) -> ApiResult<Json<Alert>> {
    let acknowledged = Acknowledgement {
        status: Status::Acknowledged,
        acknowledged_at: Moment::now(),
        acknowledged_by: tenant.actor(),
    };
    tenant
        .write(move |store| {
            let alert: Alert = store.get(id)?;
            match alert.status {
                Status::Open => store.update(id, &acknowledged),
                Status::Acknowledged => Ok(alert),
                Status::Resolved => Err(resolved_already(id)),
            }
        })
        .await
        .map(Json)
}

#[requires_scope("write:alerts")]
async fn resolve_alert(
    tenant: Tenant,
    Path(id): Path<i64>,
    Body(request): Body<Resolution>,
) -> ApiResult<Json<Alert>> {
    resolve(&tenant, id, request.resolution).await
}

/// Closes an alert.
pub(super) async fn resolve(tenant: &Tenant, id: i64, resolution: Note) -> ApiResult<Json<Alert>> {
    let resolved = Settlement {
        status: Status::Resolved,
        resolved_at: Moment::now(),
        resolved_by: tenant.actor(),
        resolution,
    };
    tenant
        .write(move |store| match store.get::<Alert>(id)?.status {
            Status::Resolved => Err(resolved_already(id)),
            Status::Open | Status::Acknowledged => store.update(id, &resolved),
        })
        .await
        .map(Json)
}

fn resolved_already(id: i64) -> ApiError {
    ApiError::Conflict(format!("the alert {id} is resolved already"))
}

/// Raises an alert for each rule that asks for one about such an event.
pub(super) fn raise_for_event(
    store: Store<'_>,
    event_id: i64,
    kind: &Word,
    severity: Severity,
    area_id: Option<i64>,
) -> ApiResult<()> {
    for rule in rules::matching(store, kind, severity, area_id)? {
        let title = rule.title().try_into().map_err(ApiError::Invalid)?;
        let alert =
            NewAlert { title, message: None, severity, event_id: Some(event_id), rule_id: Some(rule.id()) };
        raise(store, &alert)?;
    }
    Ok(())
}

fn raise(store: Store<'_>, new: &NewAlert) -> ApiResult<Alert> {
    let alert: Alert = store.insert(new)?;
    deliveries::queue(store, alert.id)?;
    Ok(alert)
}
