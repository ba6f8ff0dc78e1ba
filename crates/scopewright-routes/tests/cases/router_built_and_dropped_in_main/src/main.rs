use axum::{Router, routing::get};
async fn a() {}
fn lost() -> Router { Router::new().route("/lost", get(a)) }
#[tokio::main]
async fn main() {
    let other = lost();
    other_crate_serve(other);
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), Router::new().route("/a", get(a))).await.unwrap();
}
fn other_crate_serve(router: Router) { other::start(router) }
