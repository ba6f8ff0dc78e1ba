pub fn router() -> axum::Router { axum::Router::new().route("/part", axum::routing::get(self::handler)) }
pub async fn handler() {}
