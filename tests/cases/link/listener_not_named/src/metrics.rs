pub async fn serve() {
    let router = axum::Router::new().route("/metrics", axum::routing::get(|| async { "up 1" }));
    axum::serve(listener().await, router).await.unwrap();
}
