//! Functions take a router and give it back with layers, with more routes, under a prefix; closures too.

use axum::extract::Request;
use axum::http::HeaderName;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
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

fn traced<S>(router: Router<S>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    router.layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
        tracing::info_span!("request", method = %request.method(), path = request.uri().path())
    }))
}

fn versioned(version: u8, router: Router) -> Router {
    let header = SetResponseHeaderLayer::overriding(
        HeaderName::from_static("x-api-version"),
        http::HeaderValue::from(u16::from(version)),
    );
    router.layer(header)
}

fn under(prefix: &str, router: Router) -> Router {
    Router::new().nest(prefix, router)
}

fn with_zones(mut router: Router) -> Router {
    router = router.route("/zones", get(list_cameras));
    router
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
    let cameras = || Router::new().route("/cameras", get(list_cameras).post(add_camera));
    let app = traced(
        under("/v1", versioned(1, cameras()))
            .merge(under("/v2", with_zones(versioned(2, cameras()))))
            .merge(cameras()),
    );
    let app = app.guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
