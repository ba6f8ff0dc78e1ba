pub async fn run() { axum::serve(listener().await, axum::Router::new().route("/hidden", axum::routing::get(|| async {}))).await.unwrap(); }
