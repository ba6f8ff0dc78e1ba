//! Issues: what somebody found to be wrong.

use axum::Json;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::attachments::{AttachedTo, WithAttachments, with_attachments};
use crate::caller::created;
use crate::caller::{Created, Organisation};
use crate::database::{Filter, resource};
use crate::error::{ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::outbox::{Trigger, fire};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::values::{Name, Note};

/// How far an issue has come.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum IssueStatus {
    Open,
    InProgress,
    Resolved,
}

/// An issue.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Issue {
    id: i64,
    title: String,
    description: Option<String>,
    status: IssueStatus,
    site_id: Option<i64>,
    asset_id: Option<i64>,
    created_at: String,
}

resource!(Issue, "issue" in "issues");

/// Which issues are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct IssueFilter {
    status: Option<IssueStatus>,
    site_id: Option<i64>,
    asset_id: Option<i64>,
}

impl Filter for IssueFilter {
    type Row = Issue;
    const WHERE: &'static str = "
        (:status IS NULL OR status = :status)
        AND (:site_id IS NULL OR site_id = :site_id)
        AND (:asset_id IS NULL OR asset_id = :asset_id)";
}

/// A new issue.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewIssue {
    title: Name,
    description: Option<Note>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<IssueStatus>,
    site_id: Option<i64>,
    asset_id: Option<i64>,
}

/// What is to be different about an issue; what is left out stays as it is.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IssueChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Note>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<IssueStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asset_id: Option<i64>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(list_issues, create_issue))
        .routes(routes!(get_issue, update_issue))
}

/// List issues.
#[utoipa::path(
    get,
    path = "/issues",
    tag = "issues",
    params(IssueFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Issue>), Problems)
)]
#[requires_scope("issues:read")]
async fn list_issues(
    organisation: Organisation,
    Query(filter): Query<IssueFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Issue>>> {
    organisation.list(filter, page).await
}

/// Create an issue.
#[utoipa::path(
    post,
    path = "/issues",
    tag = "issues",
    request_body = NewIssue,
    responses((status = 201, description = "What was made.", body = Issue), Problems)
)]
#[requires_scope("issues:write")]
async fn create_issue(organisation: Organisation, Body(new): Body<NewIssue>) -> ApiResult<Created<Issue>> {
    let made = organisation.write(move |rows| {
        let issue: Issue = rows.insert(&new)?;
        fire(rows, Trigger::IssueCreated, &issue)?;
        Ok(issue)
    });
    made.await.map(created)
}

/// Retrieve an issue.
#[utoipa::path(
    get,
    path = "/issues/{id}",
    tag = "issues",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = WithAttachments<Issue>), Problems)
)]
#[requires_scope("issues:read")]
async fn get_issue(
    organisation: Organisation,
    Path(id): Path<i64>,
) -> ApiResult<Json<WithAttachments<Issue>>> {
    with_attachments(&organisation, AttachedTo::Issue, id).await
}

/// Update an issue.
#[utoipa::path(
    patch,
    path = "/issues/{id}",
    tag = "issues",
    params(("id" = i64, Path)),
    request_body = IssueChanges,
    responses((status = 200, description = "What was asked for.", body = Issue), Problems)
)]
#[requires_scope("issues:write")]
async fn update_issue(
    organisation: Organisation,
    Path(id): Path<i64>,
    Body(changes): Body<IssueChanges>,
) -> ApiResult<Json<Issue>> {
    let updated = organisation.write(move |rows| {
        let issue: Issue = rows.update(id, &changes)?;
        fire(rows, Trigger::IssueUpdated, &issue)?;
        Ok(issue)
    });
    updated.await.map(Json)
}
