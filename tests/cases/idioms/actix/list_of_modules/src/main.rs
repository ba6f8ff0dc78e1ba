//! The functions that configure stand in a list.

use actix_web::HttpServer;
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

mod cameras {
    use scopewright::actix::web;
    use scopewright::requires_scope;

    pub fn config(cfg: &mut web::ServiceConfig) {
        cfg.route("/cameras", web::get().to(list));
    }

    #[requires_scope("read:cameras")]
    async fn list() -> &'static str {
        "cameras"
    }
}

mod health {
    use scopewright::actix::web;
    use scopewright::public;

    pub fn config(cfg: &mut web::ServiceConfig) {
        cfg.route("/health", web::get().to(health));
    }

    #[public(reason = "health")]
    async fn health() -> &'static str {
        "ok"
    }
}

const MODULES: &[fn(&mut web::ServiceConfig)] = &[cameras::config, health::config];

fn configure(cfg: &mut web::ServiceConfig) {
    for module in MODULES {
        cfg.configure(module);
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
    let app = guarded::<Scope, _>(move || App::new().configure(configure).wrap(keys.clone()))?;
    let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
