//! The HTTP surface: one module for each resource, put together here.

mod admin;
mod alerts;
mod areas;
mod attendance;
mod auth;
mod cameras;
mod events;
mod faces;
mod mcp;
mod public;
mod recordings;
mod sensors;
mod sites;
mod zones;

use scopewright::axum::Router;

use crate::admin_ui;
use crate::state::AppState;

pub(crate) use mcp::McpServer;

/// Every endpoint of the service.
pub(crate) fn routes(server: McpServer) -> Router<AppState> {
    let described = public::routes().merge(mcp::routes(server));
    Router::new().merge(described).nest("/admin", admin_ui::routes()).nest("/api/v1", version_1())
}

fn version_1() -> Router<AppState> {
    Router::new()
        .merge(auth::routes())
        .merge(sites::routes())
        .merge(activity())
        .nest("/areas", areas::routes())
        .nest("/cameras", cameras::routes())
        .nest("/zones", zones::routes())
        .nest("/sensors", sensors::routes())
        .nest("/admin", admin::routes())
}

/// What happens on a site, as against what stands on it.
fn activity() -> Router<AppState> {
    let router = Router::new().nest("/events", events::routes()).nest("/attendance", attendance::routes());
    let router = router.nest("/faces", faces::routes());
    router.merge(recordings::routes()).nest("/alerts", alerts::routes())
}
