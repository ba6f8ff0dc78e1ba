use axum::{Router, routing::get};
async fn a() {}
fn known() -> Option<Router> { Some(Router::new().route("/known", get(a))) }
fn app() -> Router {
    let named = std::env::var("X").ok().map(|_| Router::new().route("/mapped", get(a)));
    let flagged = std::env::args().len().gt(&1).then(|| Router::new().route("/flagged", get(a)));
    let needed = std::env::var("Y").map(|_| Router::new().route("/needed", get(a))).unwrap();
    Router::new().merge(known().unwrap_or_default()).merge(named.unwrap_or_default()).merge(flagged.unwrap_or_default()).merge(needed)
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
