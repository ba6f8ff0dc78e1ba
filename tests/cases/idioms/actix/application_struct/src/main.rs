//! A struct with the server in it: built from the settings, run until it stops.

mod application;
mod configuration;
mod routes;

use application::Application;
use configuration::Settings;

scopewright::include_scopes!();

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let settings = Settings::read();
    let application = Application::build(settings).await?;
    println!("LISTEN 127.0.0.1:{}", application.port());
    application.run_until_stopped().await?;
    Ok(())
}
