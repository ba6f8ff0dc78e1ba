//! State that is cheap to clone, and state behind a trait.

use actix_web::HttpServer;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use scopewright::{Grant, requires_scope};
use std::sync::Arc;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

trait Repository: Send + Sync {
    fn names(&self) -> Vec<String>;
}

struct InMemory(Vec<String>);

impl Repository for InMemory {
    fn names(&self) -> Vec<String> {
        self.0.clone()
    }
}

#[derive(Clone)]
struct Pool(Arc<str>);

#[requires_scope("read:cameras")]
async fn list(repository: web::Data<dyn Repository>) -> web::Json<Vec<String>> {
    web::Json(repository.names())
}

#[requires_scope("read:cameras")]
async fn database(web::ThinData(pool): web::ThinData<Pool>) -> String {
    pool.0.to_string()
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
    let repository: Arc<dyn Repository> = Arc::new(InMemory(vec!["door".into()]));
    let pool = Pool("memory".into());
    let app = guarded::<Scope, _>(move || {
        App::new()
            .app_data(web::Data::from(repository.clone()))
            .app_data(web::ThinData(pool.clone()))
            .route("/cameras", web::get().to(list))
            .route("/database", web::get().to(database))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
