use crate::configuration::Settings;
use crate::routes::{add_camera, health_check, list_cameras};
use crate::scopes::{AuthMode, Scope};
use actix_web::HttpServer;
use actix_web::dev::Server;
use actix_web::middleware::Logger;
use scopewright::Grant;
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, guarded, web};
use std::net::TcpListener;

pub struct Application {
    port: u16,
    server: Server,
}

impl Application {
    pub async fn build(settings: Settings) -> Result<Self, Box<dyn std::error::Error>> {
        let address = format!("{}:{}", settings.host, settings.port);
        let listener = TcpListener::bind(address)?;
        let port = listener.local_addr()?.port();
        let server = run(listener, ApplicationBaseUrl(settings.host)).await?;
        Ok(Self { port, server })
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub async fn run_until_stopped(self) -> Result<(), std::io::Error> {
        self.server.await
    }
}

pub struct ApplicationBaseUrl(pub String);

async fn run(
    listener: TcpListener,
    base_url: ApplicationBaseUrl,
) -> Result<Server, Box<dyn std::error::Error>> {
    let base_url = web::Data::new(base_url);
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
            .wrap(Logger::default())
            .route("/health_check", web::get().to(health_check))
            .service(
                web::scope("/cameras")
                    .route("", web::get().to(list_cameras))
                    .route("", web::post().to(add_camera)),
            )
            .app_data(base_url.clone())
    })?;
    let server = HttpServer::new(app).workers(1).listen(listener)?.run();
    Ok(server)
}
