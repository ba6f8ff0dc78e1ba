mod messages {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}
mod generated {
    include!(concat!(env!("OUT_DIR"), "/generated.rs"));
}
use axum::{Router, routing::get};

async fn list() {}

async fn main() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let client = messages::greeter_client::GreeterClient::connect("http://[::1]:50051").await?;
    println!("{}", messages::NAME);
    generated::boot(listener).await?;
    let app = Router::new().route("/", get(list)).merge(generated::routes());
    axum::serve(bound(), app).await
}
