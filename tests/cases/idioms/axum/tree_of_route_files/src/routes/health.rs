use crate::prelude::*;

pub(super) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    #[public(reason = "health")]
    async fn health() -> &'static str {
        "ok"
    }

    Router::new().route("/health", get(health))
}
