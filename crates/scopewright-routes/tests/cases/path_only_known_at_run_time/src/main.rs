use axum::routing::get;
use axum::Router;

async fn a() {}
#[scopewright::requires_scope("b")]
async fn b() {}

#[tokio::main]
async fn main() {
    let prefix = std::env::var("PREFIX").unwrap();
    let app = Router::new()
        .route("/known", get(a))
        .route(&format!("{prefix}/users"), get(a))
        .nest(&prefix, Router::new().route("/x", get(b)));
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
