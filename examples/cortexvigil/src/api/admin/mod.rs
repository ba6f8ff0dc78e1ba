//! The operator's administration: External Apps, their keys and scopes, and sites. Never open to an API key.

mod external_apps;
mod keys;
mod sites;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::routing::post;

use crate::db::Database;
use crate::error::{ApiError, ApiResult};
use crate::identity::Identity;
use crate::state::AppState;

/// The operator's access to the rows of every organisation.
struct Administration {
    database: Database,
}

pub(super) fn routes() -> Router<AppState> {
    let external_apps = external_apps::routes().merge(keys::routes());
    Router::new().nest("/external-apps", external_apps).route("/sites", post(sites::create_site))
}

impl FromRequestParts<AppState> for Administration {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        match Identity::from_request_parts(parts, state).await? {
            Identity::Operator => Ok(Self { database: state.database.clone() }),
            Identity::Key(_) => Err(ApiError::Unauthenticated),
        }
    }
}
