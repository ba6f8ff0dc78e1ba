mod api;

#[tokio::main]
async fn main() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    axum::serve(listener, api::router().layer(tower_http::trace::TraceLayer::new_for_http())).await.unwrap();
}
