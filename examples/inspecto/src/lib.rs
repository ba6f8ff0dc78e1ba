//! Inspecto: an example service of Scopewright.
//!
//! Vehicles, inspections, damages and drivers of a fleet, kept in one SQLite file and served to integrations whose API
//! keys carry scopes that were set when the key was created.

scopewright::include_scopes!();

mod api;
mod audit;
mod body;
mod credentials;
mod db;
mod error;
mod page;
mod seed;
mod serve;
mod values;

pub use audit::AuditLog;
pub use seed::{SeedError, open_session, seed};
pub use serve::{ServeError, open, serve};
