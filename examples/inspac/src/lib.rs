//! insp.ac: an example service of Scopewright.
//!
//! Inspections and maintenance of an organisation's sites, kept in one SQLite file and served to integrations whose API
//! keys carry scopes of the form `resource:action`.

scopewright::include_scopes!();

mod api;
mod audit;
mod caller;
mod credentials;
mod database;
mod error;
mod extract;
mod media;
mod outbox;
mod page;
mod reference;
mod seed;
mod serve;
mod state;
mod usage;
mod values;

pub use audit::{AuditedKey, ScopeUse, audit_keys, organisation_named};
pub use credentials::start_session;
pub use database::open;
pub use error::ApiError;
pub use media::MediaStore;
pub use seed::{Credential, seed};
pub use serve::{ServeError, app, document, serve};
pub use state::AppState;
