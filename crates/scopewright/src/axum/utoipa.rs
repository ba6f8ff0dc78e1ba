//! utoipa-axum's `OpenApiRouter` and `routes!` with one more bound: only what carries a decision can be registered.
//!
//! Same names, same arguments, same panics as utoipa-axum 0.3; the change to an existing service is in its `use` lines
//! and in one call before it is served:
//!
//! ```
//! # scopewright::doc_example!();
//! # use scopewright::require::Is;
//! use scopewright::axum::utoipa::{OpenApiRouter, routes};
//!
//! // What `#[requires_scope("read:cameras")]` makes of `async fn list_cameras()`:
//! #[utoipa::path(get, path = "/cameras", responses((status = 200, body = [String])))]
//! async fn list_cameras(_: scopes::Guard<Is<{ scopes::Scope::ReadCameras as u16 }>>) -> &'static str {
//!     "[]"
//! }
//!
//! let router: OpenApiRouter = OpenApiRouter::new().routes(routes!(list_cameras));
//! assert!(router.get_openapi().paths.paths.contains_key("/cameras"));
//! assert_eq!(router.registrations()[0].path, "/cameras");
//! ```
//!
//! The document is utoipa's. Who may call what is merged into it by `cargo scopes generate`, from the same decisions
//! that the handlers carry: nobody writes `security(..)` by hand. `#[utoipa::path]` and our attributes may stand in
//! either order.

mod method_router;
mod open_api_router;

#[doc(inline)]
pub use crate::__utoipa_routes as routes;
pub use open_api_router::OpenApiRouter;

/// The types under the path that utoipa-axum has them at.
pub mod router {
    pub use super::method_router::{UtoipaMethodRouter, UtoipaMethodRouterExt};
    pub use super::open_api_router::OpenApiRouter;
}

#[doc(hidden)]
pub use utoipa_axum as __utoipa_axum;

/// What `axum` means to utoipa-axum's macro inside ours: it names `axum::routing::MethodRouter` and nothing else of it.
#[doc(hidden)]
pub mod __axum {
    pub mod routing {
        pub use crate::axum::routing::MethodRouter;
    }
}

/// Collects decided handlers that have a `#[utoipa::path]` for [`OpenApiRouter::routes`](crate::axum::utoipa::OpenApiRouter::routes).
///
/// It is utoipa-axum's own macro, given a method router that takes only decided handlers. As there, all handlers of one
/// call answer at every path one of them names, so they are given one path; and the service depends on `utoipa` under
/// that name.
///
/// # Panics
/// As utoipa-axum's: if two handlers of one call have the same method.
#[doc(hidden)]
#[macro_export]
macro_rules! __utoipa_routes {
    ($($handlers:tt)*) => {{
        #[allow(unused_imports, reason = "a registration of nothing has no use for it")]
        use $crate::axum::utoipa::__axum as axum;
        $crate::axum::utoipa::__utoipa_axum::routes!($($handlers)*)
    }};
}
