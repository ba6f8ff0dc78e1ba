//! A closure around the application and one around a scope.

use actix_web::HttpServer;
use actix_web::dev::Service as _;
use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, web};
use scopewright::{Grant, requires_scope};
use std::time::Instant;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("read:cameras")]
async fn frame() -> &'static str {
    "frame"
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
            .wrap(keys.clone())
            .wrap_fn(|req, srv| {
                let started = Instant::now();
                let fut = srv.call(req);
                async move {
                    let mut res = fut.await?;
                    let took = HeaderValue::from(started.elapsed().as_micros() as u64);
                    res.headers_mut().insert(HeaderName::from_static("x-took"), took);
                    Ok(res)
                }
            })
            .service(list_cameras)
            .service(
                web::scope("/live")
                    .wrap_fn(|req, srv| {
                        let fut = srv.call(req);
                        async {
                            let mut res = fut.await?;
                            res.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
                            Ok(res)
                        }
                    })
                    .route("/frame", web::get().to(frame)),
            )
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
