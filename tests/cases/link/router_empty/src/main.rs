#[tokio::main]
async fn main() {
    axum::serve(listener().await, scopewright::axum::Router::new().guarded::<scopes::Scope>().unwrap()).await.unwrap();
}
