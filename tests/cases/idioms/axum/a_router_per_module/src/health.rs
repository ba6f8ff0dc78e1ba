use crate::state::AppState;
use scopewright::axum::{Router, routing::get};
use scopewright::public;

pub fn router() -> Router<AppState> {
    Router::new().route("/health", get(health)).route("/ready", get(health))
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}
