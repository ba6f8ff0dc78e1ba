use crate::AppState;
use axum::extract::State;
use scopewright::axum::{Router, routing::get};
use scopewright::requires_scope;

pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/", get(list).post(create))
}

#[requires_scope("read:cameras")]
async fn list(State(state): State<AppState>) -> String {
    state.site.to_string()
}

#[requires_scope("write:cameras")]
async fn create() -> &'static str {
    "created"
}
