use axum::{Router, routing::{get, post}};
use scopewright::requires_scope;
#[requires_scope("read")]
async fn list() {}
async fn create() {}
fn app() -> Router {
    Router::new()
        .route("/a", get(list).post(create))
        .route("/a", axum::routing::delete(list))
        .merge(Router::new().route("/a", axum::routing::put(create)))
        .nest("/b", Router::new().route("/", get(list)).route("/twice", get(list)))
        .route("/b/twice", post(create))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
