pub fn router() -> axum::Router { axum::Router::new().route("/below", axum::routing::get(handler)) }
async fn handler() {}
