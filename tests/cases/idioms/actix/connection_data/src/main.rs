//! Each connection has data of its own.

use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use actix_web::{HttpRequest, HttpServer};
use scopewright::actix::{App, AuthenticateMiddleware, Rejection, authenticate_with, get, guarded};
use scopewright::{Grant, requires_scope};
use std::any::Any;
use std::net::SocketAddr;
use std::time::Duration;

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Debug, Clone)]
struct Peer(SocketAddr);

fn on_connect(connection: &dyn Any, data: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<TcpStream>()
        && let Ok(peer) = stream.peer_addr()
    {
        data.insert(Peer(peer));
    }
}

#[get("/cameras")]
#[requires_scope("read:cameras")]
async fn list_cameras(request: HttpRequest) -> String {
    format!("{:?}", request.conn_data::<Peer>().map(|peer| peer.0))
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
    let app = guarded::<Scope, _>(move || App::new().service(list_cameras).wrap(keys.clone()))?;
    let server = HttpServer::new(app)
        .on_connect(on_connect)
        .workers(1)
        .keep_alive(Duration::from_secs(5))
        .client_request_timeout(Duration::from_secs(5))
        .max_connections(256)
        .backlog(64)
        .bind("127.0.0.1:0")?;
    println!("LISTEN {}", server.addrs()[0]);
    server.run().await?;
    Ok(())
}
