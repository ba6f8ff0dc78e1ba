macro_rules! modules { ($($name:ident),*) => { $(mod $name;)* }; }
modules!(hidden);
use axum::{Router, routing::get};
async fn a() {}
fn app() -> Router { Router::new().route("/a", get(a)) }
#[tokio::main]
async fn main() { hidden::run().await; axum::serve(listener().await, app()).await.unwrap(); }
