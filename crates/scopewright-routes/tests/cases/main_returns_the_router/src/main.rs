use axum::{Router, routing::get};
async fn a() {}
#[shuttle_runtime::main]
async fn main() -> shuttle_axum::ShuttleAxum {
    let router = Router::new().route("/a", get(a));
    Ok(router.into())
}
