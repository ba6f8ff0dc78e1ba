use axum::{Router, routing::get};
async fn a() {}
fn again(depth: u8, router: Router) -> Router {
    if depth == 0 { router } else { again(depth - 1, router.route("/again", get(a))) }
}
fn forever() -> Router { forever() }
const LOOP: &str = LOOP;
mod x { pub use super::y::*; }
mod y { pub use super::x::*; }
fn app() -> Router { again(3, Router::new()).merge(forever()).route(LOOP, get(x::nothing)) }

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
