//! Each module has a `router()`; `main` merges them.

mod auth;
mod cameras;
mod health;
mod state;
mod zones;

use scopewright::axum::Router;
use state::AppState;

scopewright::include_scopes!();
use scopes::Scope;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let state = AppState::new("local");
    let app = Router::new()
        .merge(health::router())
        .merge(cameras::router())
        .nest("/zones", zones::router())
        .with_state(state)
        .guarded::<Scope>()?
        .layer(auth::keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
