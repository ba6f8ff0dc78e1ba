//! What a caller can find out about itself.

use axum::Json;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::requires_auth;
use serde::Serialize;

use crate::identity::Identity;
use crate::state::AppState;

/// An answer without an app is the operator's.
#[derive(Default, Serialize)]
struct Me {
    app_id: Option<i64>,
    app_name: Option<String>,
    key_id: Option<i64>,
    /// As they are granted, sorted; what a scope implies is not added.
    scopes: Vec<String>,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/auth/me", get(read_me))
}

#[requires_auth]
async fn read_me(identity: Identity) -> Json<Me> {
    Json(match identity {
        Identity::Operator => Me::default(),
        Identity::Key(caller) => Me {
            app_id: Some(caller.app_id),
            app_name: Some(caller.app_name),
            key_id: Some(caller.key_id),
            scopes: caller.scopes,
        },
    })
}
