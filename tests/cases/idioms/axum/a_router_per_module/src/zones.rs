use crate::state::AppState;
use scopewright::axum::{Router, routing};
use scopewright::requires_scope;

pub fn router() -> Router<AppState> {
    Router::new().route("/", routing::get(list)).route("/{zone}", routing::put(replace))
}

#[requires_scope("read:cameras")]
async fn list() -> &'static str {
    "zones"
}

#[requires_scope("write:cameras")]
async fn replace(axum::extract::Path(zone): axum::extract::Path<String>) -> String {
    zone
}
