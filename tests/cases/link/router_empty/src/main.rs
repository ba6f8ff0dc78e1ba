#[tokio::main]
async fn main() {
    axum::serve(listener().await, axum::Router::new()).await.unwrap();
}
