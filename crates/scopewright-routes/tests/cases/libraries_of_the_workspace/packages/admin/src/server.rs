use axum::{Router, routing::get};

pub async fn start() {
    let app = Router::new().route("/metrics", get(metrics));
    axum::serve(tokio::net::TcpListener::bind("y").await.unwrap(), app).await.unwrap();
}

async fn metrics() {}
