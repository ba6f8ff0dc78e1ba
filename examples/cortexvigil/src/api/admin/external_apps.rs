//! External Apps and the scopes each is granted.

use axum::http::StatusCode;
use axum::routing::{get, put};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::Administration;
use crate::credentials::ScopeList;
use crate::credentials::apps::{self, ExternalApp, NewApp};
use crate::credentials::keys::{self, Key};
use crate::error::ApiResult;
use crate::extract::{Body, Path, Query};
use crate::page::{Listing, Page};
use crate::state::AppState;
use crate::tenant::{Created, created};

#[derive(Serialize)]
struct AppWithKeys {
    #[serde(flatten)]
    app: ExternalApp,
    keys: Vec<Key>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrantedScopes {
    scopes: ScopeList,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(list_external_apps).post(create_external_app))
        .route("/{id}", get(get_external_app).delete(delete_external_app))
        .route("/{id}/scopes", put(replace_granted_scopes))
}

// decision: requires_auth(via = "operator")
async fn list_external_apps(
    admin: Administration,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<ExternalApp>>> {
    admin.database.read(move |connection| apps::list(connection, page)).await.map(Json)
}

// decision: requires_auth(via = "operator")
async fn create_external_app(
    admin: Administration,
    Body(app): Body<NewApp>,
) -> ApiResult<Created<ExternalApp>> {
    admin.database.write(move |transaction| apps::create(transaction, &app)).await.map(created)
}

// decision: requires_auth(via = "operator")
async fn get_external_app(admin: Administration, Path(id): Path<i64>) -> ApiResult<Json<AppWithKeys>> {
    admin
        .database
        .read(move |connection| {
            let app = apps::get(connection, id)?;
            Ok(AppWithKeys { app, keys: keys::list_of_app(connection, id)? })
        })
        .await
        .map(Json)
}

// decision: requires_auth(via = "operator")
async fn delete_external_app(admin: Administration, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    admin.database.write(move |transaction| apps::remove(transaction, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

// decision: requires_auth(via = "operator")
async fn replace_granted_scopes(
    admin: Administration,
    Path(id): Path<i64>,
    Body(granted): Body<GrantedScopes>,
) -> ApiResult<Json<ExternalApp>> {
    admin
        .database
        .write(move |transaction| apps::replace_scopes(transaction, id, &granted.scopes))
        .await
        .map(Json)
}
