//! External Apps and the scopes each is granted.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use scopewright::axum::Router;
use scopewright::axum::routing::{get, put};
use scopewright::requires_auth;
use serde::{Deserialize, Serialize};

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

#[requires_auth(via = "operator")]
async fn list_external_apps(
    State(state): State<AppState>,
    Query(page): Query<Page>,
) -> ApiResult<Json<Listing<ExternalApp>>> {
    state.database.read(move |connection| apps::list(connection, page)).await.map(Json)
}

#[requires_auth(via = "operator")]
async fn create_external_app(
    State(state): State<AppState>,
    Body(app): Body<NewApp>,
) -> ApiResult<Created<ExternalApp>> {
    state.database.write(move |transaction| apps::create(transaction, &app)).await.map(created)
}

#[requires_auth(via = "operator")]
async fn get_external_app(
    State(state): State<AppState>,
    Path(id): Path<i64>,
) -> ApiResult<Json<AppWithKeys>> {
    state
        .database
        .read(move |connection| {
            let app = apps::get(connection, id)?;
            Ok(AppWithKeys { app, keys: keys::list_of_app(connection, id)? })
        })
        .await
        .map(Json)
}

#[requires_auth(via = "operator")]
async fn delete_external_app(State(state): State<AppState>, Path(id): Path<i64>) -> ApiResult<StatusCode> {
    state.database.write(move |transaction| apps::remove(transaction, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[requires_auth(via = "operator")]
async fn replace_granted_scopes(
    State(state): State<AppState>,
    Path(id): Path<i64>,
    Body(granted): Body<GrantedScopes>,
) -> ApiResult<Json<ExternalApp>> {
    state
        .database
        .write(move |transaction| apps::replace_scopes(transaction, id, &granted.scopes))
        .await
        .map(Json)
}
