//! `/api/v1` and `/api/v2` register the same handlers, and each some of its own.

mod auth;

use scopewright::axum::{Router, routing::{get, post}};
use scopewright::{public, requires_scope};

scopewright::include_scopes!();
use scopes::Scope;

mod handlers {
    use scopewright::requires_scope;

    #[requires_scope("read:cameras")]
    pub async fn list_cameras() -> &'static str {
        "cameras"
    }

    #[requires_scope("write:cameras")]
    pub async fn add_camera() -> &'static str {
        "added"
    }
}

#[requires_scope("read:cameras")]
async fn search() -> &'static str {
    "found"
}

#[public(reason = "health")]
async fn health() -> &'static str {
    "ok"
}

fn shared() -> Router {
    Router::new().route("/cameras", get(handlers::list_cameras).post(handlers::add_camera))
}

fn v1() -> Router {
    shared().route("/cameras/add", post(handlers::add_camera))
}

fn v2() -> Router {
    shared().route("/cameras/search", get(search))
}

fn api() -> Router {
    Router::new().nest("/v1", v1()).nest("/v2", v2())
}

fn app() -> Router {
    Router::new()
        .route("/health", get(health))
        .nest("/api", api())
        // What was there before there were versions.
        .merge(shared())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = app().guarded::<Scope>()?.layer(auth::keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
