//! The same service on a Unix socket and a port.

use tokio::net::{TcpListener, UnixListener};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/cameras", get(list_cameras)).guarded::<Scope>()?.layer(keys());
    let path = std::env::temp_dir().join(format!("cameras-{}.sock", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let local = UnixListener::bind(&path)?;
    let remote = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("LISTEN {}", remote.local_addr()?);
    let (local, remote) =
        tokio::join!(axum::serve(local, app.clone()).into_future(), axum::serve(remote, app).into_future());
    local?;
    remote?;
    Ok(())
}
