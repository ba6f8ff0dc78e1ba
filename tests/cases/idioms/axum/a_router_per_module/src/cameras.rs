use crate::state::AppState;
use axum::extract::{Path, State};
use scopewright::axum::Router;
use scopewright::axum::routing::{get, post};
use scopewright::requires_scope;

pub fn router() -> Router<AppState> {
    Router::new()
        .route("/cameras", get(list))
        .route("/cameras", post(create))
        .route("/cameras/{id}", get(show).delete(remove))
}

#[requires_scope("read:cameras")]
async fn list(State(state): State<AppState>) -> String {
    state.site().to_owned()
}

#[requires_scope("write:cameras")]
async fn create(State(_): State<AppState>) -> &'static str {
    "created"
}

#[requires_scope("read:cameras")]
async fn show(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[requires_scope("write:cameras")]
async fn remove(Path(id): Path<u32>) -> String {
    id.to_string()
}
