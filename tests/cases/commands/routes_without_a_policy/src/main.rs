use axum::Router;
use axum::routing::get;

#[tokio::main]
async fn main() {
    let router = Router::new()
        .route("/cameras", get(list))
        .route(&std::env::var("PATH_OF_ZONES").unwrap(), get(list))
        .merge(other_crate::router());
    axum::serve(listener().await, router).await.unwrap();
}

async fn list() {}
