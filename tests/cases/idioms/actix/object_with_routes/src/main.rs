//! An object registers closures that call its methods.

use actix_web::{HttpResponse, HttpServer};
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use std::sync::{Arc, Mutex};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Default)]
struct Cameras {
    names: Mutex<Vec<String>>,
}

impl Cameras {
    fn routes(self: &Arc<Self>, cfg: &mut web::ServiceConfig) {
        let this = Arc::clone(self);
        let list = move || {
            let this = Arc::clone(&this);
            async move { this.list().await }
        };
        let this = Arc::clone(self);
        cfg.service(
            web::resource("/cameras").route(web::get().to(scopes::requires(Scope::ReadCameras, list))).route(
                web::post().to(scopes::requires(Scope::WriteCameras, move |name: String| {
                    let this = Arc::clone(&this);
                    async move { this.add(name).await }
                })),
            ),
        );
    }

    async fn list(&self) -> HttpResponse {
        HttpResponse::Ok().json(&*self.names.lock().unwrap())
    }

    async fn add(&self, name: String) -> HttpResponse {
        self.names.lock().unwrap().push(name);
        HttpResponse::Created().finish()
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
    let cameras = Arc::new(Cameras::default());
    let app =
        guarded::<Scope, _>(move || App::new().configure(|cfg| cameras.routes(cfg)).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
