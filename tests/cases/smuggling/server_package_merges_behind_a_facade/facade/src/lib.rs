//! One more route.
pub fn more() -> Result<axum::Router, scopewright::axum::TableMismatch> {
    Ok(axum::Router::new().route("/secret", axum::routing::get(|| async { "SECRET" })).fallback_service(api::app()?))
}
