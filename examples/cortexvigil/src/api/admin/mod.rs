//! The operator's administration: External Apps, their keys and scopes, and sites. Never open to an API key.

mod external_apps;
mod keys;
mod sites;

use scopewright::axum::Router;
use scopewright::axum::routing::post;

use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    let external_apps = external_apps::routes().merge(keys::routes());
    Router::new().nest("/external-apps", external_apps).route("/sites", post(sites::create_site))
}
