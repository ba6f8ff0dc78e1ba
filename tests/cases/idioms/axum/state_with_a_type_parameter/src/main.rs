//! The repository is a parameter of the state, of the handlers and of the functions that build routers.

use axum::extract::State;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

trait Repository: Clone + Send + Sync + 'static {
    fn all(&self) -> Vec<String>;
    fn add(&self, name: &str);
}

#[derive(Clone, Default)]
struct InMemory;

impl Repository for InMemory {
    fn all(&self) -> Vec<String> {
        vec!["door".to_owned()]
    }
    fn add(&self, _name: &str) {}
}

#[derive(Clone)]
struct AppState<R> {
    repository: R,
}

#[requires_scope("read:cameras")]
async fn list_cameras<R: Repository>(State(state): State<AppState<R>>) -> String {
    state.repository.all().join(",")
}

#[requires_scope("write:cameras")]
async fn add_camera<R>(State(AppState { repository }): State<AppState<R>>, name: String) -> &'static str
where
    R: Repository,
{
    repository.add(&name);
    "added"
}

fn router<R: Repository>() -> Router<AppState<R>> {
    Router::new().route("/cameras", get(list_cameras::<R>).post(add_camera::<R>))
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
    let state = AppState { repository: InMemory };
    let app = router::<InMemory>().with_state(state).guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
