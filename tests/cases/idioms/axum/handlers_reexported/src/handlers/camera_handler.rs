use axum::extract::Path;
use scopewright::requires_scope;

#[requires_scope("read:cameras")]
pub async fn list_cameras_handler() -> &'static str {
    "cameras"
}

#[requires_scope("write:cameras")]
pub async fn create_camera_handler() -> &'static str {
    "created"
}

#[requires_scope("write:cameras")]
pub async fn delete_camera_handler(Path(id): Path<u64>) -> String {
    id.to_string()
}
