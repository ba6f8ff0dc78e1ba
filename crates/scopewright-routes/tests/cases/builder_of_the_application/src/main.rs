//! `Api::new(..).with_..().build()`.

use axum::extract::State;
use tower_http::cors::CorsLayer;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct AppState {
    site: String,
}

struct ApiBuilder {
    site: String,
    metrics: bool,
    cors: Option<CorsLayer>,
    routers: Vec<Router<AppState>>,
}

impl ApiBuilder {
    fn new(site: impl Into<String>) -> Self {
        Self { site: site.into(), metrics: false, cors: None, routers: Vec::new() }
    }

    fn with_metrics(mut self, metrics: bool) -> Self {
        self.metrics = metrics;
        self
    }

    fn with_cors(mut self, cors: CorsLayer) -> Self {
        self.cors = Some(cors);
        self
    }

    fn mount(mut self, router: Router<AppState>) -> Self {
        self.routers.push(router);
        self
    }

    fn build(self) -> Router {
        let mut router = self.routers.into_iter().fold(Router::new(), Router::merge);
        if self.metrics {
            router = router.route("/metrics", get(metrics));
        }
        let router = router.with_state(AppState { site: self.site });
        match self.cors {
            Some(cors) => router.layer(cors),
            None => router,
        }
    }
}

#[requires_scope("read:cameras")]
async fn list_cameras(State(state): State<AppState>) -> String {
    state.site
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

#[requires_scope("read:cameras")]
async fn metrics() -> &'static str {
    "up 1"
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
    let app = ApiBuilder::new("local")
        .mount(Router::new().route("/cameras", get(list_cameras)))
        .mount(Router::new().route("/cameras", scopewright::axum::routing::post(add_camera)))
        .with_metrics(std::env::var_os("METRICS").is_some())
        .with_cors(CorsLayer::permissive())
        .build()
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
