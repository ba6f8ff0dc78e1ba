use scopewright::axum::Router;
use scopewright::axum::routing::get;
scopewright::include_scopes!();

async fn list() {}

#[tokio::main]
async fn main() {
    let needed = std::env::var("SCOPE").unwrap();
    let app = Router::new().route("/a", get(scopes::requires(needed, list)));
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app).await.unwrap();
}
