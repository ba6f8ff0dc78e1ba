//! Handlers that are generic over the store, and a function that registers them for one.

mod handlers;
mod store;

use actix_web::HttpServer;
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use store::{MemoryStore, Store};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

fn routes<S: Store + 'static>(cfg: &mut web::ServiceConfig) {
    cfg.service(
        web::resource("/cameras")
            .route(web::get().to(handlers::list::<S>))
            .route(web::post().to(handlers::add::<S>)),
    );
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let store = web::Data::new(MemoryStore::default());
    let app = guarded::<Scope, _>(move || {
        App::new()
            .app_data(store.clone())
            .configure(routes::<MemoryStore>)
            .route("/count", web::get().to(handlers::count::<MemoryStore>))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
