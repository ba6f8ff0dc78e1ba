use axum::{Router, routing::get};
async fn a() {}
pub fn app() -> Router { Router::new().merge(part()) }
fn part() -> Router { Router::new().route("/a", get(a)) }
