use axum::Router;
pub async fn start(app: Router) {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
fn main() {}
