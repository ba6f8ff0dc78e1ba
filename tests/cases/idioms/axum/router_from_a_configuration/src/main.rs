//! `From<Config> for Router`, and a configuration that is read once.

use std::sync::{LazyLock, OnceLock};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

static CONFIG: OnceLock<Config> = OnceLock::new();
static STARTED: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);

#[derive(Debug, Clone, Default)]
struct Config {
    title: String,
    read_only: bool,
}

impl Config {
    fn from_env() -> Self {
        Self { title: "Cameras".to_owned(), read_only: std::env::var("READ_ONLY").is_ok_and(|it| it == "1") }
    }
}

fn config() -> &'static Config {
    CONFIG.get_or_init(Config::from_env)
}

impl From<&Config> for Router {
    fn from(config: &Config) -> Self {
        let router = Router::new().route("/cameras", get(list_cameras)).route("/uptime", get(uptime));
        if config.read_only { router } else { router.merge(writing()) }
    }
}

fn writing() -> Router {
    Router::new().route("/cameras/new", get(add_camera))
}

#[requires_scope("read:cameras")]
async fn list_cameras() -> &'static str {
    &config().title
}

#[requires_scope("read:cameras")]
async fn uptime() -> String {
    STARTED.elapsed().as_secs().to_string()
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

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let router = Router::from(config());
    let app = router.guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
