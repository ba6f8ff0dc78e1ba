mod server;

pub async fn run() {
    server::start().await;
}
