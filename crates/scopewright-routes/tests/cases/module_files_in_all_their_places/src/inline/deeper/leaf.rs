pub fn router() -> axum::Router { axum::Router::new().route("/leaf", axum::routing::get(super::super::below_handler)) }
