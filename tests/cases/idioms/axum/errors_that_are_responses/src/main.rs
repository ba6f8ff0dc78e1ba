//! An error type of the application's own, with `IntoResponse`, and `?` in handlers.

mod auth;
mod error;

use axum::Json;
use axum::extract::Path;
use error::{ApiResult, AppError};
use scopewright::axum::{Router, routing::{get, put}};
use scopewright::requires_scope;

scopewright::include_scopes!();
use scopes::Scope;

#[requires_scope("read:cameras")]
async fn list_cameras() -> ApiResult<Json<Vec<&'static str>>> {
    Ok(Json(vec!["door"]))
}

#[requires_scope("read:cameras")]
async fn get_camera(Path(id): Path<String>) -> Result<String, AppError> {
    let id: u32 = id.parse()?;
    if id > 3 {
        return Err(AppError::NotFound("camera"));
    }
    Ok(id.to_string())
}

#[requires_scope("write:cameras")]
async fn rename(Path(_id): Path<String>) -> ApiResult<()> {
    Err(AppError::Conflict)
}

fn app() -> Router {
    Router::new()
        .route("/cameras", get(list_cameras))
        .route("/cameras/{id}", get(get_camera))
        .route("/cameras/{id}/name", put(rename))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = app().guarded::<Scope>()?.layer(auth::keys());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("LISTEN {}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
