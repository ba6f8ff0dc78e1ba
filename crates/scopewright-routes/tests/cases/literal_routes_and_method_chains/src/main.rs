use axum::routing::{delete, get};
use axum::Router;

async fn list() {}
async fn create() {}
async fn show() {}
async fn remove() {}

#[tokio::main]
async fn main() {
    let app = Router::new()
        .route("/cameras", get(list).post(create))
        .route("/cameras/{id}", delete(remove).get(show));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
