//! The library of another package makes the whole server; this one only runs it.

use std::net::TcpListener;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("LISTEN {}", listener.local_addr()?);
    api::run(listener)?.await?;
    Ok(())
}
