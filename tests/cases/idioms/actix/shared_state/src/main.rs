//! State behind a mutex, shared by all workers.

use actix_web::{HttpResponse, HttpServer};
use scopewright::actix::{
    App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded, post, web,
};
use scopewright::{Grant, requires_scope};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

struct AppState {
    cameras: Mutex<Vec<String>>,
    served: AtomicUsize,
}

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras(state: web::Data<AppState>) -> actix_web::Result<HttpResponse> {
    state.served.fetch_add(1, Ordering::Relaxed);
    let cameras = state.cameras.lock().map_err(|_| actix_web::error::ErrorInternalServerError("poisoned"))?;
    Ok(HttpResponse::Ok().json(&*cameras))
}

#[post("/cameras/{name}")]
#[requires_scope("write:cameras")]
async fn add_camera(state: web::Data<AppState>, name: web::Path<String>) -> HttpResponse {
    state.cameras.lock().unwrap().push(name.into_inner());
    HttpResponse::Created().finish()
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
    let state = web::Data::new(AppState { cameras: Mutex::new(vec![]), served: AtomicUsize::new(0) });
    let app = guarded::<Scope, _>(move || {
        App::new().app_data(state.clone()).service(list_cameras).service(add_camera).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
