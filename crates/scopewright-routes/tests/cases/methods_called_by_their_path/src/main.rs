use axum::{Router, routing::{get, MethodRouter}};
use axum::ServiceExt;
async fn a() {}
fn app() -> Router {
    let router = Router::route(Router::new(), "/a", MethodRouter::get(MethodRouter::new(), a));
    let router = Router::nest(router, "/n", <Router>::new().route("/b", get(a)));
    Router::merge(router, Router::default().route("/c", get(a)))
}
#[tokio::main]
async fn main() {
    let service = tower_http::normalize_path::NormalizePathLayer::trim_trailing_slash().layer(app());
    let listener = tokio::net::TcpListener::bind("x").await.unwrap();
    axum::serve(listener, ServiceExt::<axum::extract::Request>::into_make_service(service)).await.unwrap();
}
