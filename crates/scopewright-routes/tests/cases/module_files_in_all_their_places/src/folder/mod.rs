mod part;
pub fn router() -> axum::Router { part::router() }
