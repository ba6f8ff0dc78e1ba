//! One host for administrators, another for everybody else.

use actix_web::{HttpServer, guard};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, public, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn dashboard() -> &'static str {
    "dashboard"
}

#[public(reason = "health")]
async fn front_page() -> &'static str {
    "welcome"
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
            .service(
                web::scope("/admin")
                    .guard(guard::Host("localhost"))
                    .route("/dashboard", web::get().to(dashboard)),
            )
            .service(
                web::resource("/welcome")
                    .guard(guard::Any(guard::Host("localhost")).or(guard::Host("www.example.com")))
                    .get(front_page),
            )
            .service(list_cameras)
            .wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
