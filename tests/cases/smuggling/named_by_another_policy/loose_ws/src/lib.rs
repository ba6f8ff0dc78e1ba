//! A policy that is open.
scopewright::include_scopes!();

async fn open() -> &'static str {
    "OPEN"
}

pub fn app() -> Result<scopewright::axum::GuardedService, scopewright::axum::TableMismatch> {
    scopewright::axum::Router::new().merge_axum::<scopes::Scope>(axum::Router::new().route("/secret", axum::routing::get(open))).guarded::<scopes::Scope>()
}
