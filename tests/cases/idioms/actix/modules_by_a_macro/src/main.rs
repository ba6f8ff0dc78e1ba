//! A macro makes the module of each kind of thing, with its routes.

use actix_web::HttpServer;
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

macro_rules! crud {
    ($module:ident, $path:literal) => {
        mod $module {
            use scopewright::actix::web;
            use scopewright::requires_scope;

            #[requires_scope("read:cameras")]
            async fn list() -> &'static str {
                stringify!($module)
            }

            #[requires_scope("write:cameras")]
            async fn add() -> &'static str {
                concat!("added to ", stringify!($module))
            }

            pub fn config(cfg: &mut web::ServiceConfig) {
                cfg.service(web::resource($path).route(web::get().to(list)).route(web::post().to(add)));
            }
        }
    };
}

crud!(cameras, "/cameras");
crud!(zones, "/zones");

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
        App::new().configure(cameras::config).configure(zones::config).wrap(keys.clone())
    })?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
