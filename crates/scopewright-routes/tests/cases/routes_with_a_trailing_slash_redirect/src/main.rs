use axum::{Router, routing::get};
use axum_extra::routing::{RouterExt, TypedPath};
async fn a() {}
fn app() -> Router { Router::new().route_with_tsr("/a", get(a)).route_with_tsr("/b/", get(a)).typed_get(typed) }
#[derive(TypedPath)]
#[typed_path("/typed/{id}")]
struct Typed { id: u32 }
async fn typed(Typed { id }: Typed) {}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
