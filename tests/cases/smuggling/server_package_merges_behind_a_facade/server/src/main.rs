#[allow(dead_code)]
async fn bare() -> &'static str {
    "SECRET"
}

async fn bound() -> std::io::Result<tokio::net::TcpListener> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    Ok(listener)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    axum::serve(bound().await?, facade::more()?).await?;
    Ok(())
}
