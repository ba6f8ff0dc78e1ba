use axum::Router;
#[tokio::main]
async fn main() {
    use axum::routing::get;
    const PATH: &str = "/inner";
    async fn handler() {}
    fn routes() -> Router {
        async fn deepest() {}
        Router::new().route(PATH, get(handler)).route("/deepest", get(deepest))
    }
    {
        async fn handler() {}
        let app = routes().route("/shadowed", get(handler));
        axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
    }
}
