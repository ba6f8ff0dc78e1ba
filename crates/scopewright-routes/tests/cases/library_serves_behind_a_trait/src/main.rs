use axum::{Router, routing::get};

async fn home() {}

#[tokio::main]
async fn main() {
    drop(kit::OnDrop);
    let _: kit::Made = 1.into();
    println!("{}", kit::Shown);
    axum::serve(listener(), Router::new().route("/", get(home))).await.unwrap();
}
