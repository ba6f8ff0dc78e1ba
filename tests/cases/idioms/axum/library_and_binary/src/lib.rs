//! Everything but `main`, so that the tests in `tests/` can start it on a port of their own.

mod auth;
pub mod routes;
pub mod startup;

scopewright::include_scopes!();

pub struct Config {
    pub host: String,
    pub port: u16,
}
