use axum::{Router, routing::get};
async fn a() {}
struct Table;
impl Table { fn route(&self, from: &str, to: &str) -> u8 { 0 } fn nest(&self, a: u8, b: u8) {} }
fn app() -> Router {
    let table = Table;
    table.route("/not", "a route");
    table.nest(1, 2);
    let config = figment::Figment::new().merge(figment::providers::Env::prefixed("X"));
    let merged = serde_like(1).merge(2);
    let graph = vec![1].route(3);
    Router::new().route("/a", get(a))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
