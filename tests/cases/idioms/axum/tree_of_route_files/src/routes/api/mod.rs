use crate::prelude::*;

pub mod v1;

pub fn router() -> Router<SharedState> {
    Router::new().nest("/v1", v1::router())
}
