use axum::{Router, routing::get};
async fn a() {}
pub mod admin { pub fn app() -> axum::Router { axum::Router::new().route("/admin", axum::routing::get(super::a)) } }
pub fn app() -> Router { Router::new().route("/a", get(a)) }
