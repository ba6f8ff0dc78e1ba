//! Each module configures its own routes, and a module above it takes them in.

mod auth;
mod routes;

use actix_web::HttpServer;
use scopewright::actix::{App, guarded};

scopewright::include_scopes!();
use scopes::Scope;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = auth::keys();
    let app = guarded::<Scope, _>(move || App::new().configure(routes::config).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
