//! A function returns the closure that configures, with what it needs in it.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct Store {
    names: Vec<String>,
}

#[requires_scope("read:cameras")]
async fn list(store: web::Data<Store>) -> web::Json<Vec<String>> {
    web::Json(store.names.clone())
}

#[requires_scope("write:cameras")]
async fn add(_store: web::Data<Store>) -> &'static str {
    "added"
}

fn routes(store: Store) -> impl FnOnce(&mut web::ServiceConfig) {
    move |cfg| {
        cfg.app_data(web::Data::new(store))
            .route("/cameras", web::get().to(list))
            .route("/cameras", web::post().to(add));
    }
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
    let store = Store { names: vec!["door".into(), "yard".into()] };
    let app = guarded::<Scope, _>(move || App::new().configure(routes(store.clone())).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
