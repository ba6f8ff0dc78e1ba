//! The server: listener, logging, shutdown. What it serves is another package.

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    let state = api::AppState::new("local");
    let app = api::app(state)?;
    axum::serve(listener, app.into_make_service()).await?;
    Ok(())
}
