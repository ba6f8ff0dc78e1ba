use axum::{Router, routing::get};
mod größe { pub async fn r#match() {} }
fn app() -> Router { Router::new().route("/größe/{id}", get(größe::r#match)) /* ü */ .route("/é", get(|| async {})) }

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app()).await.unwrap();
}
