//! Other attributes and bounds stand on handlers, and a handler is called by another.

use actix_web::HttpServer;
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, requires_scope};
use std::future::Future;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

/// Lists them.
#[get("/cameras")]
#[allow(clippy::unused_async)]
#[must_use]
#[requires_scope("read:cameras")]
pub(crate) async fn list_cameras() -> String {
    names().await.join(",")
}

async fn names() -> Vec<&'static str> {
    vec!["door", "yard"]
}

#[cfg_attr(debug_assertions, allow(dead_code))]
#[requires_scope(any("read:cameras", "write:cameras"))]
#[get("/count")]
async fn count() -> String {
    names().await.len().to_string()
}

#[requires_scope("read:cameras", "write:cameras")]
fn both() -> impl Future<Output = &'static str> {
    async { "both" }
}

#[cold]
#[post("/old")]
#[requires_scope(WriteCameras)]
async fn old() -> &'static str {
    "old"
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
    let app = guarded::<Scope, _>(move || {
        App::new()
            .service(list_cameras)
            .service(count)
            .service(old)
            .route("/both", web::get().to(both))
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
