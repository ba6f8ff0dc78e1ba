//! Profiles of the people of an organisation.

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

/// An user profile.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct User {
    id: i64,
    name: String,
    email: String,
    active: bool,
    created_at: String,
}

resource!(User, "user profile" in "users");

/// Which user profiles are listed.
#[derive(Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct UserFilter {
    /// A part of the name.
    name: Option<String>,
    active: Option<bool>,
}

impl Filter for UserFilter {
    type Row = User;
    const WHERE: &'static str = "
        (:name IS NULL OR instr(lower(name), lower(:name)) > 0)
        AND (:active IS NULL OR active = :active)";
}

/// A new user profile.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUser {
    name: Name,
    email: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<bool>,
}

/// What is to be different about an user profile; what is left out stays as it is.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UserChanges {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<bool>,
}

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(list_users, create_user)).routes(routes!(get_user, update_user))
}

/// List user profiles.
#[utoipa::path(
    get,
    path = "/users",
    tag = "users",
    params(UserFilter, Page),
    responses((status = 200, description = "What was asked for.", body = Listing<User>), Problems)
)]
#[requires_scope("users:read")]
async fn list_users(
    organisation: Organisation,
    Query(filter): Query<UserFilter>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<User>>> {
    organisation.list(filter, page).await
}

/// Create an user profile.
#[utoipa::path(
    post,
    path = "/users",
    tag = "users",
    request_body = NewUser,
    responses((status = 201, description = "What was made.", body = User), Problems)
)]
#[requires_scope("users:write")]
async fn create_user(organisation: Organisation, Body(new): Body<NewUser>) -> ApiResult<Created<User>> {
    organisation.create(new).await
}

/// Retrieve an user profile.
#[utoipa::path(
    get,
    path = "/users/{id}",
    tag = "users",
    params(("id" = i64, Path)),
    responses((status = 200, description = "What was asked for.", body = User), Problems)
)]
#[requires_scope("users:read")]
async fn get_user(organisation: Organisation, Path(id): Path<i64>) -> ApiResult<Json<User>> {
    organisation.get(id).await
}

/// Update an user profile.
#[utoipa::path(
    patch,
    path = "/users/{id}",
    tag = "users",
    params(("id" = i64, Path)),
    request_body = UserChanges,
    responses((status = 200, description = "What was asked for.", body = User), Problems)
)]
#[requires_scope("users:write")]
async fn update_user(
    organisation: Organisation,
    Path(id): Path<i64>,
    Body(changes): Body<UserChanges>,
) -> ApiResult<Json<User>> {
    organisation.update(id, changes).await
}
