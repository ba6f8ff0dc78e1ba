//! The macros above handlers take names, guards and middleware.

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::guard::GuardContext;
use actix_web::middleware::{DefaultHeaders, Next, from_fn};
use actix_web::{Error, HttpServer, body::MessageBody};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, route,
};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

async fn pass(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    next.call(req).await
}

fn has_query(ctx: &GuardContext<'_>) -> bool {
    ctx.head().uri.query().is_some()
}

#[get("/cameras", name = "all", wrap = "DefaultHeaders::new().add((\"x-list\", \"1\"))")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[post("/cameras", wrap = "from_fn(pass)")]
#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[get("/search", guard = "has_query")]
#[requires_scope("read:cameras")]
async fn search() -> &'static str {
    "found"
}

#[route("/bulk", method = "PUT", method = "PATCH", name = "bulk", guard = "has_query")]
#[requires_scope("write:cameras")]
async fn bulk() -> &'static str {
    "done"
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
        App::new().service(list_cameras).service(add_camera).service(search).service(bulk).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
