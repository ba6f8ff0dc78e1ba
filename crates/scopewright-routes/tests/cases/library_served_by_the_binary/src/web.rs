use axum::{Router, routing::get};
pub fn api() -> Router { Router::new().route("/api", get(handlers::list_all)) }
pub fn pages() -> Router { Router::new().route("/page", get(handlers::other::page)) }
mod handlers {
    pub use self::deep::list as list_all;
    pub mod other { pub(crate) async fn page() {} }
    mod deep { #[scopewright::requires_scope("x")] pub async fn list() {} }
}
