//! No build script of this package looks at what it adds.
async fn bare() {}

#[tokio::main]
async fn main() {
    let app = api::app().unwrap();
    let around = axum::Router::new().route("/secret", axum::routing::get(bare)).fallback_service(app);
    axum::serve(listener().await, around).await.unwrap();
}
