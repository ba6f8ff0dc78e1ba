mod prelude;
mod build;
use prelude::*;

#[tokio::main]
async fn main() {
    launch(tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap(), build::app()).await.unwrap();
}
