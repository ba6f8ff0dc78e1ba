use service::app;

#[tokio::main]
async fn main() {
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app().merge(service::web::pages())).await.unwrap();
}
