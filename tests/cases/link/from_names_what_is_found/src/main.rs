use scopewright::axum::Router;
use axum::routing::get;

async fn list() {}

#[tokio::main]
async fn main() {
    let app = Router::new().route("/cameras", get(list)).merge(other::router());
    axum::serve(tokio::net::TcpListener::bind("x").await.unwrap(), app.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}
