use axum::{Router, routing::get};
async fn a() {}
fn inner() -> Router { Router::new().route("/", get(a)).route("/x", get(a)).route("/y/", get(a)) }
fn app() -> Router {
    Router::new().nest("/plain", inner()).nest("/slash/", inner()).nest("/{id}", Router::new().nest("/deep", inner())).route("/", get(a))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
