use web::routing as r;
use web::serve as launch;
use web::Router as R;
use axum::routing::{get as read, post};

async fn list() {}
async fn create() {}

#[tokio::main]
async fn main() {
    let app = R::new().route("/a", read(list)).route("/b", r::put(create)).route("/c", post(create));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    launch(listener, app).await.unwrap();
}
