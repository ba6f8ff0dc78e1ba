//! `Arc<Self>` is the state, handlers are `Self::..` in a generic `impl`.

use axum::extract::{Path, State};
use std::sync::Arc;
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

trait Clock: Send + Sync + 'static {
    fn now(&self) -> u64;
}

struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> u64 {
        7
    }
}

struct Api<C> {
    clock: C,
    names: Vec<String>,
}

impl<C: Clock> Api<C> {
    fn new(clock: C) -> Arc<Self> {
        Arc::new(Self { clock, names: vec!["door".to_owned()] })
    }

    fn router(self: Arc<Self>) -> Router {
        Router::new()
            .route("/cameras", get(Self::list).post(Self::add))
            .route("/cameras/{id}", get(Self::show))
            .with_state(self)
    }

    #[requires_scope("read:cameras")]
    async fn list(State(api): State<Arc<Self>>) -> String {
        api.names.join(",")
    }

    #[requires_scope("write:cameras")]
    async fn add(State(api): State<Arc<Self>>) -> String {
        api.clock.now().to_string()
    }

    #[requires_scope("read:cameras")]
    async fn show(State(api): State<Arc<Self>>, Path(id): Path<usize>) -> Result<String, http::StatusCode> {
        api.names.get(id).cloned().ok_or(http::StatusCode::NOT_FOUND)
    }
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
    let app = Api::new(Fixed).router().guarded::<Scope>()?.layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
