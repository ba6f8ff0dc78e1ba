use crate::prelude::*;

mod api;
mod health;

pub fn router(state: SharedState) -> Router {
    Router::new().merge(health::router()).nest("/api", api::router()).merge(api::v1::cameras::router()).with_state(state)
}
