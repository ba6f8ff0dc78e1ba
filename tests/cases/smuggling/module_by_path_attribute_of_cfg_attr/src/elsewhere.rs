pub async fn boot(listener: tokio::net::TcpListener) -> std::io::Result<()> {
    axum::serve(listener, axum::routing::get(crate::bare)).await
}
