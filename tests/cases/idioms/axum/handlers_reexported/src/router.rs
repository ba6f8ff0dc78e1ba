use crate::handlers::{self, camera_handler as cameras, *};
use scopewright::axum::{Router, routing::{delete, get}};

pub fn create_router() -> Router {
    Router::new()
        .route("/health", get(handlers::health))
        .route("/cameras", get(list_cameras_handler).post(create_camera_handler))
        .route("/cameras/{id}", delete(cameras::delete_camera_handler))
        .route("/zones", get(zones))
}
