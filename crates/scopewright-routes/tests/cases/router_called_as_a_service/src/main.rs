use axum::{Router, extract::Request, routing::get};
use tower::{Service, ServiceExt};
async fn a() {}
async fn elsewhere(request: Request) -> Response { other::answer(request) }
#[tokio::main]
async fn main() {
    let router = Router::new().route("/a", get(a));
    let mut admin = Router::new().route("/admin", get(a));
    let service = tower::service_fn(move |request: Request| {
        let router = router.clone();
        async move {
            if request.uri() == "/x" { elsewhere(request).await } else { router.oneshot(request).await }
        }
    });
    let response = admin.call(request()).await;
    hyper::server::conn::http1::Builder::new().serve_connection(stream(), service).await.unwrap();
}
