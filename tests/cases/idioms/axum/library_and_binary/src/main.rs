//! The binary reads the configuration and serves what the library makes.

use library_and_binary::{Config, startup};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = Config { host: "127.0.0.1".to_owned(), port: 0 };
    startup::Application::build(config).await?.run_until_stopped().await?;
    Ok(())
}
