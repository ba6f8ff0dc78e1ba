//! Starts the API that the library makes.

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = api::app()?;
    let app = axum::ServiceExt::<axum::extract::Request>::into_make_service(app);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
