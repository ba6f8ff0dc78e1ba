use crate::prelude::*;

pub fn router() -> Router<SharedState> {
    Router::new().route("/zones", post(create))
}

#[requires_scope("write:cameras")]
async fn create() -> &'static str {
    "created"
}
