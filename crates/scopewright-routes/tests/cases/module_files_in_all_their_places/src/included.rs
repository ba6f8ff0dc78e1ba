pub async fn handler() {}
pub fn router() -> axum::Router { axum::Router::new().route("/included", axum::routing::get(handler)) }
