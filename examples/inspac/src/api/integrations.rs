//! What an integration platform offers (actions), what it can be told of (triggers), and who wants to be told
//! (subscriptions).

use axum::Json;
use axum::http::{StatusCode, Uri};
use example_groundwork::destination::Destinations;
use rusqlite::params;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::{Catalogue as _, Decision, Method, requires_scope};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::{Created, Organisation};
use crate::database::{Filter, resource};
use crate::error::{ApiError, ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::outbox::Trigger;
use crate::page::{Listing, Page};
use crate::scopes::{ROUTES, Scope};
use crate::state::AppState;

/// Something an integration can have done.
#[derive(Serialize, ToSchema)]
struct Action {
    name: &'static str,
    method: &'static str,
    path: &'static str,
    /// The scope a key needs for it.
    scope: &'static str,
}

/// Something an integration can be told of.
#[derive(Serialize, ToSchema)]
struct TriggerInfo {
    name: Trigger,
    title: &'static str,
}

/// Somebody who wants to be told of something.
#[derive(Deserialize, Serialize, ToSchema)]
struct Subscription {
    id: i64,
    trigger: Trigger,
    target_url: String,
    created_at: String,
}

resource!(Subscription, "trigger subscription" in "subscriptions");

/// Which subscriptions are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SubscriptionFilter {
    trigger: Option<Trigger>,
}

impl Filter for SubscriptionFilter {
    type Row = Subscription;
    const WHERE: &'static str = "(:trigger IS NULL OR trigger = :trigger)";
}

/// A new subscription.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSubscription {
    trigger: Trigger,
    target_url: TargetUrl,
}

/// Where messages are sent: an `https` address, and none of loopback or a private network.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, format = "uri", max_length = 500)]
struct TargetUrl(String);

impl TryFrom<String> for TargetUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let address: Result<Uri, _> = text.parse();
        let host = address.as_ref().ok().filter(|it| it.scheme_str() == Some("https")).and_then(Uri::host);
        let Some(host) = host.filter(|_| text.len() <= 500) else {
            return Err("a target is an address such as https://example.com/hooks/1".to_owned());
        };
        // Whoever fetches the messages and delivers them looks at what the name means then.
        Destinations::Public.check_host(host)?;
        Ok(Self(text))
    }
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(list_actions))
        .routes(routes!(list_triggers))
        .routes(routes!(list_subscriptions, create_subscription))
        .routes(routes!(delete_subscription))
}

/// List what an integration can have done.
///
/// Every operation that changes something and that a key can call: read off the policy's table, so that the catalogue
/// can't promise what no scope opens.
#[utoipa::path(
    get,
    path = "/integrations/actions",
    tag = "integrations",
    responses((status = 200, description = "What was asked for.", body = [Action]), Problems)
)]
#[requires_scope("integrations:read")]
async fn list_actions() -> Json<Vec<Action>> {
    let mut actions = Vec::new();
    for row in ROUTES.iter().filter(|row| row.method != Method::Get) {
        let Decision::Scoped(requirement) = row.operation.otherwise else { continue };
        for scope in requirement.alternatives().iter().copied().flatten() {
            let scope = Scope::policy().scope_name(*scope);
            let (name, method) = (row.operation_id, row.method.as_str());
            actions.push(Action { name, method, path: row.path, scope });
        }
    }
    Json(actions)
}

/// List what an integration can be told of.
#[utoipa::path(
    get,
    path = "/integrations/triggers",
    tag = "integrations",
    responses((status = 200, description = "What was asked for.", body = [TriggerInfo]), Problems)
)]
#[requires_scope("integrations:read")]
async fn list_triggers() -> Json<Vec<TriggerInfo>> {
    Json(Trigger::ALL.map(|(name, title)| TriggerInfo { name, title }).into())
}

/// List trigger subscriptions.
#[utoipa::path(
    get,
    path = "/integrations/subscriptions",
    tag = "integrations",
    params(SubscriptionFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Subscription>), Problems)
)]
#[requires_scope("integrations:read")]
async fn list_subscriptions(
    organisation: Organisation,
    Query(filter): Query<SubscriptionFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Subscription>>> {
    organisation.list(filter, page).await
}

/// Create a trigger subscription.
#[utoipa::path(
    post,
    path = "/integrations/subscriptions",
    tag = "integrations",
    request_body = NewSubscription,
    responses((status = 201, description = "What was made.", body = Subscription), Problems)
)]
#[requires_scope("integrations:write")]
async fn create_subscription(
    organisation: Organisation,
    Body(new): Body<NewSubscription>,
) -> ApiResult<Created<Subscription>> {
    organisation.create(new).await
}

/// Delete a trigger subscription, and what waits to be sent for it.
#[utoipa::path(
    delete,
    path = "/integrations/subscriptions/{id}",
    tag = "integrations",
    params(("id" = i64, Path)),
    responses((status = 204, description = "It is gone."), Problems)
)]
#[requires_scope("integrations:write")]
async fn delete_subscription(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    let deleted = organisation.write(move |rows| {
        let (connection, organisation_id) = rows.parts();
        let sql = "DELETE FROM subscriptions WHERE organisation_id = ?1 AND id = ?2";
        match connection.execute(sql, params![organisation_id, id])? {
            0 => Err(ApiError::not_found("trigger subscription", id)),
            _ => Ok(StatusCode::NO_CONTENT),
        }
    });
    deleted.await
}
