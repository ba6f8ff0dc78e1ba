//! Features are switched by configuration: an `if`, an `if let`, a `match`, an early return.

use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    ReadOnly,
    Full,
}

struct Config {
    mode: Mode,
    metrics: bool,
    webhooks: Option<String>,
}

impl Config {
    fn from_env() -> Self {
        let all = std::env::var("ALL").is_ok();
        Self {
            mode: if all { Mode::Full } else { Mode::ReadOnly },
            metrics: all,
            webhooks: std::env::var("ALL").ok(),
        }
    }
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
async fn add_camera() -> &'static str {
    "added"
}

fn metrics_router() -> Router {
    Router::new().route("/metrics", get(list_cameras))
}

fn webhooks(config: &Config) -> Option<Router> {
    let _secret = config.webhooks.as_ref()?;
    Some(Router::new().route("/webhooks", get(list_cameras)))
}

fn administration(config: &Config) -> Router {
    if config.mode == Mode::ReadOnly {
        return Router::new();
    }
    Router::new().route("/admin", get(add_camera))
}

fn app(config: &Config) -> Router {
    let mut app = Router::new();
    app = app.route("/cameras", get(list_cameras));
    if config.metrics {
        app = app.merge(metrics_router());
    }
    if let Some(webhooks) = webhooks(config) {
        app = app.nest("/hooks", webhooks);
    }
    app = match config.mode {
        Mode::ReadOnly => app,
        Mode::Full => app.route("/cameras/new", scopewright::axum::routing::post(add_camera)),
    };
    app.merge(administration(config))
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
    let config = Config::from_env();
    let app = app(&config).guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
