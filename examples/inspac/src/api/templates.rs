//! Templates: the questions of an inspection.

use axum::Json;
use scopewright::axum::utoipa::{OpenApiRouter, routes};
use scopewright::requires_scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::caller::{Created, Organisation};
use crate::database::{Filter, read_json, resource, write_json};
use crate::error::{ApiResult, Problems};
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::values::Name;

/// A template.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Template {
    id: i64,
    name: String,
    #[serde(deserialize_with = "read_json")]
    questions: Vec<String>,
    created_at: String,
}

impl Template {
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

resource!(Template, "template" in "templates");

/// Which templates are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct TemplateFilter {
    /// A part of the name.
    name: Option<String>,
}

impl Filter for TemplateFilter {
    type Row = Template;
    const WHERE: &'static str = "(:name IS NULL OR instr(lower(name), lower(:name)) > 0)";
}

/// A new template.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTemplate {
    name: Name,
    #[serde(serialize_with = "write_json")]
    questions: Vec<Name>,
}

/// What is to be different about a template; what is left out stays as it is.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TemplateChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "write_json")]
    questions: Option<Vec<Name>>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(list_templates, create_template))
        .routes(routes!(get_template, update_template))
}

/// List templates.
#[utoipa::path(
    get,
    path = "/templates",
    tag = "templates",
    params(TemplateFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<Template>), Problems)
)]
#[requires_scope("templates:read")]
async fn list_templates(
    organisation: Organisation,
    Query(filter): Query<TemplateFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<Template>>> {
    organisation.list(filter, page).await
}

/// Create a template.
#[utoipa::path(
    post,
    path = "/templates",
    tag = "templates",
    request_body = NewTemplate,
    responses((status = 201, description = "What was made.", body = Template), Problems)
)]
#[requires_scope("templates:write")]
async fn create_template(
    organisation: Organisation,
    Body(new): Body<NewTemplate>,
) -> ApiResult<Created<Template>> {
    organisation.create(new).await
}

/// Retrieve a template.
#[utoipa::path(
    get,
    path = "/templates/{id}",
    tag = "templates",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = Template), Problems)
)]
#[requires_scope("templates:read")]
async fn get_template(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<Json<Template>> {
    organisation.get(id).await
}

/// Update a template.
#[utoipa::path(
    patch,
    path = "/templates/{id}",
    tag = "templates",
    params(("id" = i64, Path)),
    request_body = TemplateChanges,
    responses((status = 200, description = "What was asked for.", body = Template), Problems)
)]
#[requires_scope("templates:write")]
async fn update_template(
    organisation: Organisation,
    Path(id): Path<i64>,
    Body(changes): Body<TemplateChanges>,
) -> ApiResult<Json<Template>> {
    organisation.update(id, changes).await
}
