//! What a caller can find out about itself.

use axum::Json;
use scopewright::axum::Router;
use scopewright::axum::routing::get;
use scopewright::{WhoAmI, requires_auth, who_am_i};
use serde::Serialize;

use crate::identity::Identity;
use crate::scopes::Grant;
use crate::state::AppState;

/// An answer without an app is the operator's.
#[derive(Serialize)]
struct Me {
    app_id: Option<i64>,
    app_name: Option<String>,
    key_id: Option<i64>,
    /// What the credential holds, and every operation it opens.
    #[serde(flatten)]
    credential: WhoAmI,
}

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/auth/me", get(read_me))
}

#[requires_auth]
async fn read_me(identity: Identity, grant: Grant) -> Json<Me> {
    let (app_id, app_name, key_id) = match identity {
        Identity::Operator => (None, None, None),
        Identity::Key(caller) => (Some(caller.app_id), Some(caller.app_name), Some(caller.key_id)),
    };
    Json(Me { app_id, app_name, key_id, credential: who_am_i(&grant) })
}
