mod beside;
pub fn router() -> axum::Router { axum::Router::new().route("/odd", axum::routing::get(beside::handler)) }
