//! Guards that are functions, alone and combined.

use actix_web::http::Method;
use actix_web::{HttpServer, guard};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn save() -> &'static str {
    "saved"
}

#[requires_scope("read:cameras")]
async fn search() -> &'static str {
    "found"
}

fn has_query(ctx: &guard::GuardContext<'_>) -> bool {
    ctx.head().uri.query().is_some()
}

struct Browser;

impl guard::Guard for Browser {
    fn check(&self, ctx: &guard::GuardContext<'_>) -> bool {
        ctx.head().headers().contains_key("x-browser")
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
    let app = guarded::<Scope, _>(move || {
        App::new()
            .service(list_cameras)
            .service(
                web::resource("/camera")
                    .guard(guard::Not(Browser))
                    .route(web::route().guard(guard::Any(guard::Post()).or(guard::Put())).to(save)),
            )
            .route("/search", web::route().method(Method::GET).guard(guard::fn_guard(has_query)).to(search))
            .route(
                "/find",
                web::get().guard(guard::fn_guard(|ctx| ctx.head().uri.query().is_some())).to(search),
            )
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
