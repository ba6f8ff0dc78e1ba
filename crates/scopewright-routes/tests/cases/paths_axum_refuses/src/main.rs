use axum::{Router, routing::get};
async fn a() {}
fn app() -> Router {
    Router::new()
        .nest("/", Router::new().route("/root", get(a)))
        .nest("", Router::new().route("/empty", get(a)))
        .nest("/{*rest}", Router::new().route("/tail", get(a)))
        .route("no-slash", get(a))
        .route("/unbalanced/{id", get(a))
        .route("/{*tail}/more", get(a))
}

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
