pub mod web;
mod inner { pub use super::web::api as exported; }
pub use inner::exported;
pub fn app() -> axum::Router { exported() }
