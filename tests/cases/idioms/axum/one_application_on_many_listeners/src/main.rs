//! An address for each interface, one task for each; the runtime is made by hand.

use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

fn keys() -> AuthenticateLayer<impl Authenticate<Catalogue = Scope>> {
    AuthenticateLayer::new(authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(Grant::of(AuthMode::ApiKey, [Scope::ReadCameras])),
        "writer" => Ok(Grant::of(AuthMode::ApiKey, [Scope::WriteCameras])),
        "nobody" => Ok(Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let app = {
            let cameras = Router::new().route("/cameras", get(list_cameras));
            cameras.route("/cameras", scopewright::axum::routing::post(add_camera))
        };
        let app = app.guarded::<Scope>()?.layer(keys());
        let addresses = [SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), SocketAddr::from(([127, 0, 0, 1], 0))];
        let mut servers = JoinSet::new();
        for address in addresses {
            let listener = TcpListener::bind(address).await?;
            println!("LISTEN {}", listener.local_addr()?);
            let app = app.clone();
            servers.spawn(async move { axum::serve(listener, app).await });
        }
        while let Some(ended) = servers.join_next().await {
            ended??;
        }
        Ok(())
    })
}
