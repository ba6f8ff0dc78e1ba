//! Controllers: handlers are functions of a type, routes too.

use axum::extract::{Path, State};
use scopewright::axum::{Authenticate, AuthenticateLayer, Rejection, authenticate_with};
use scopewright::axum::{Router, routing::get};
use scopewright::{Grant, requires_scope};

scopewright::include_scopes!();
use scopes::{AuthMode, Scope};

#[derive(Clone)]
struct AppState {
    site: &'static str,
}

struct CameraController;

impl CameraController {
    fn routes() -> Router<AppState> {
        Router::new()
            .route("/cameras", get(Self::index).post(Self::create))
            .route("/cameras/{id}", get(CameraController::show))
    }

    #[requires_scope("read:cameras")]
    async fn index(State(state): State<AppState>) -> &'static str {
        state.site
    }

    #[requires_scope("write:cameras")]
    async fn create() -> &'static str {
        "created"
    }

    #[requires_scope("read:cameras")]
    async fn show(Path(id): Path<u32>) -> String {
        id.to_string()
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
    let app = Router::new()
        .merge(CameraController::routes())
        .with_state(AppState { site: "local" })
        .guarded::<Scope>()?
        .layer(keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
