//! What a key can find out about itself.

use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use crate::state::AppState;
use crate::tenant::Tenant;

#[derive(Serialize)]
struct Me {
    app_id: i64,
    app_name: String,
    key_id: i64,
    /// As they are granted, sorted; what a scope implies is not added.
    scopes: Vec<String>,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/auth/me", get(read_me))
}

// decision: requires_auth
async fn read_me(tenant: Tenant) -> Json<Me> {
    let caller = tenant.caller;
    Json(Me {
        app_id: caller.app_id,
        app_name: caller.app_name,
        key_id: caller.key_id,
        scopes: caller.scopes,
    })
}
