use axum::{Router, routing::get};
async fn a() {}
pub mod web { use super::*; pub fn app(prefix: &str) -> Router { Router::new().nest(prefix, part()).merge(part()) } }
fn part() -> Router { Router::new().route("/a", get(a)) }
