//! The package has a second binary, which serves other routes.

use actix_web::HttpServer;
use scopewright::actix::{App, guarded};
use two_binaries::scopes::Scope;
use two_binaries::{keys, public};

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = keys();
    let app = guarded::<Scope, _>(move || App::new().configure(public::config).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
