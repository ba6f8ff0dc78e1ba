//! What serves is generic over the store.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

trait Store: Clone + Send + Sync + 'static {
    fn names(&self) -> Vec<String>;
}

#[derive(Clone)]
struct Memory(Vec<String>);

impl Store for Memory {
    fn names(&self) -> Vec<String> {
        self.0.clone()
    }
}

#[requires_scope("read:cameras")]
async fn list<S: Store>(store: web::Data<S>) -> web::Json<Vec<String>> {
    web::Json(store.names())
}

#[requires_scope("write:cameras")]
async fn add<S: Store>(_: web::Data<S>) -> &'static str {
    "added"
}

fn listing<S: Store>(path: &str) -> scopewright::actix::Resource {
    web::resource(path).route(web::get().to(list::<S>))
}

async fn serve<S: Store>(store: S) -> Result<(), Box<dyn std::error::Error>> {
    let keys =
        AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
            "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
            "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
            "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
            _ => Err(Rejection::Invalid),
        }));
    let app = guarded::<Scope, _>(move || {
        App::new()
            .app_data(web::Data::new(store.clone()))
            .service(listing::<S>("/cameras").post(add::<S>))
            .service(listing::<S>("/zones"))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    serve(Memory(vec!["door".to_owned()])).await
}
