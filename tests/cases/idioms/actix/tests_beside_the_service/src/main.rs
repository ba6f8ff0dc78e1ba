//! Tests that send requests to the whole application stand in the same file.

use actix_web::HttpServer;
use scopewright::actix::{
    App, Authenticate, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[post("/cameras")]
#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

fn config(cfg: &mut web::ServiceConfig) {
    cfg.service(list_cameras).service(add_camera);
}

fn keys() -> AuthenticateMiddleware<impl Authenticate> {
    AuthenticateMiddleware::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = keys();
    let app = guarded::<Scope, _>(move || App::new().configure(config).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::StatusCode;
    use actix_web::test;

    #[actix_web::test]
    async fn a_reader_lists_and_does_not_add() {
        let app = guarded::<Scope, _>(|| App::new().configure(config).wrap(keys())).unwrap();
        let app = test::init_service(app()).await;
        let list =
            test::TestRequest::get().uri("/cameras").insert_header(("x-api-key", "reader")).to_request();
        assert_eq!(test::call_service(&app, list).await.status(), StatusCode::OK);
        let add =
            test::TestRequest::post().uri("/cameras").insert_header(("x-api-key", "reader")).to_request();
        assert_eq!(test::call_service(&app, add).await.status(), StatusCode::FORBIDDEN);
    }

    #[actix_web::test]
    async fn a_stranger_is_asked_for_a_key() {
        let app = test::init_service(App::new().configure(config).guarded::<Scope>().unwrap()).await;
        let list = test::TestRequest::get().uri("/cameras").to_request();
        assert_eq!(test::call_service(&app, list).await.status(), StatusCode::UNAUTHORIZED);
    }
}
