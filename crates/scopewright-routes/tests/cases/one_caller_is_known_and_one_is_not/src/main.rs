use axum::{Router, routing::get};
async fn a() {}
async fn start(app: Router) { axum::serve(listener().await, app).await.unwrap(); }
pub trait Runner { fn run(&self, app: Router); }
pub struct Mine;
impl Runner for Mine { fn run(&self, app: Router) { block_on(start(app)) } }
#[tokio::main]
async fn main() { start(Router::new().route("/a", get(a))).await; }
