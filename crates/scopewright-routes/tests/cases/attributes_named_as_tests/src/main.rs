use axum::{Router, routing::get};
use other::keep as bench;

mod scoped;

async fn bare() {}

#[other::test]
async fn foreign() {
    axum::serve(listener(), Router::new().route("/foreign", get(bare))).await
}

#[bench]
async fn renamed() {
    axum::serve(listener(), Router::new().route("/renamed", get(bare))).await
}

#[other::test]
mod module {
    use axum::{Router, routing::get};

    pub async fn boot() {
        axum::serve(listener(), Router::new().route("/module", get(crate::bare))).await
    }
}

#[test]
fn of_the_language() {
    axum::serve(listener(), Router::new().route("/test", get(bare)))
}

#[tokio::test]
async fn of_tokio() {
    axum::serve(listener(), Router::new().route("/tokio", get(bare))).await
}

#[other::keeps]
#[test]
async fn called() {
    axum::serve(listener(), Router::new().route("/called", get(bare))).await
}

async fn main() {
    called().await;
    axum::serve(listener(), Router::new().route("/", get(bare))).await
}
