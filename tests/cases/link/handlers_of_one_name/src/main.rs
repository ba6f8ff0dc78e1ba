use scopewright::axum::Router;
use axum::routing::get;

mod cameras;
mod zones;

#[tokio::main]
async fn main() {
    let router = Router::new().nest("/cameras", cameras::router()).nest("/zones", zones::router());
    axum::serve(listener().await, router.guarded::<scopes::Scope>().unwrap()).await.unwrap();
}
