//! Renamed imports, full paths, globs, `use` inside functions.

use scopewright::axum as web;
use scopewright::axum::{Router as ApiRouter, routing::get as read, routing::*};
use scopewright::{self as access, public as open, requires_scope};
use web::{AuthenticateLayer, Rejection};

access::include_scopes!();
use scopes::Scope::{self, ReadCameras, WriteCameras};
use scopes::*;

#[requires_scope(ReadCameras)]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[access::requires_scope(Scope::WriteCameras)]
async fn add_camera() -> &'static str {
    "added"
}

#[open(reason = Health)]
async fn health() -> &'static str {
    "ok"
}

fn zones() -> web::Router {
    use super_zones as zones;
    web::Router::new()
        .route("/zones", web::routing::get(zones::list))
        .route("/zones/{id}", scopewright::axum::routing::delete(self::super_zones::remove))
}

mod super_zones {
    use super::*;

    #[scopewright::requires_scope("read:cameras")]
    pub(super) async fn list() -> &'static str {
        "zones"
    }

    #[requires_scope("write:cameras")]
    pub(super) async fn remove(axum::extract::Path(id): axum::extract::Path<u32>) -> String {
        id.to_string()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let keys = AuthenticateLayer::new(web::authenticate_with::<Scope, _>(|presented| match presented.secret() {
        "reader" => Ok(access::Grant::of(AuthMode::ApiKey, [ReadCameras])),
        "writer" => Ok(access::Grant::of(AuthMode::ApiKey, [WriteCameras])),
        "nobody" => Ok(access::Grant::new(AuthMode::ApiKey)),
        _ => Err(Rejection::Invalid),
    }));
    let app = ApiRouter::new()
        .route("/cameras", read(list_cameras))
        .route("/cameras", post(add_camera))
        .route("/health", self::read(crate::health))
        .merge(zones());
    let app = app.guarded::<Scope>()?.layer(keys);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
