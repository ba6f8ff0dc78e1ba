use axum::routing::{any, on, MethodFilter, MethodRouter};
use axum::Router;

const READ: MethodFilter = MethodFilter::GET.or(MethodFilter::HEAD);
async fn a() {}
async fn b() {}

fn write() -> MethodRouter {
    MethodRouter::new().on(MethodFilter::PUT, a).patch(b)
}

#[tokio::main]
async fn main() {
    let by_hand = MethodRouter::new().get(a);
    let app = Router::new()
        .route("/on", on(MethodFilter::POST, a).on(READ, b))
        .route("/any", any(a))
        .route("/write", write().merge(by_hand).fallback(b))
        .route("/or", on(MethodFilter::DELETE.or(MethodFilter::TRACE), a));
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
