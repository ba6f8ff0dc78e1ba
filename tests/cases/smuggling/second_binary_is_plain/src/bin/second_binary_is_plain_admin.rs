async fn bare() -> &'static str {
    "SECRET"
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, axum::Router::new().route("/secret", axum::routing::get(bare))).await?;
    Ok(())
}
