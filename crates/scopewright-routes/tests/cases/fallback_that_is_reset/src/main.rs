use axum::routing::get;
use axum::Router;

async fn list() {}
async fn wrong_method() {}
async fn missing() {}
async fn other_method() {}

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/a", get(list))
        .route("/{*fallback}", get(list).fallback(other_method))
        .method_not_allowed_fallback(wrong_method)
        .fallback(missing)
        .reset_fallback();
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
