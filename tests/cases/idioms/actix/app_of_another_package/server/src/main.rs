//! The library of another package makes the application; this one compares and serves it.

use actix_web::HttpServer;
use api::scopes::Scope;
use scopewright::actix::guarded;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = guarded::<Scope, _>(api::app)?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
