use scopewright::axum::Router;
use axum::routing::get;
use scopewright::requires_scope;

pub fn router() -> Router {
    Router::new()
        .route("/", get(list).post(create))
        .route("/{id}", get(read).delete(Cameras::remove))
        .route("/{id}/preview", get(read))
}

#[requires_scope("read:cameras")]
async fn list() {}

#[requires_scope("write:cameras")]
async fn create() {}

/// Reads one.
#[tracing::instrument]
async fn read() {}

struct Cameras;

impl Cameras {
    async fn remove() {}
}
