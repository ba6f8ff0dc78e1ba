//! Everything but `main`.

pub mod routes;
pub mod startup;

scopewright::include_scopes!();
