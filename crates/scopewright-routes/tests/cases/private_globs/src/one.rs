use axum::Router;
use axum::routing::get;
use hidden::*;

mod hidden {
    #[scopewright::requires_scope("hidden")]
    pub async fn list() {}
}

mod inner {
    use super::*;

    // A module inside sees what the one around it imports.
    pub fn routes() -> Router {
        Router::new().route("/hidden", get(list))
    }
}

pub fn routes() -> Router {
    inner::routes()
}
