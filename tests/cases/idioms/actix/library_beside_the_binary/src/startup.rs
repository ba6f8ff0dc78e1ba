use crate::routes;
use crate::scopes::{AuthMode, Scope};
use actix_web::HttpServer;
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded};

/// Serves until it is stopped.
///
/// # Errors
/// If the address can't be had, or the routes are not those of the policy.
pub async fn run(address: &str) -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || App::new().configure(routes::configure).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind(address)?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
