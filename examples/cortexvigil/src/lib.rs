//! CortexVigil: the example service of Scopewright.
//!
//! Cameras, events, faces, attendance and alerts of an organisation's sites, kept in one SQLite file and served to
//! External Apps whose API keys carry scopes.

scopewright::include_scopes!();

mod admin_ui;
mod api;
mod credentials;
mod db;
mod error;
mod extract;
mod identity;
mod jobs;
mod media;
mod organisations;
mod page;
mod seed;
mod serve;
mod state;
mod tenant;
mod values;

pub use credentials::OperatorToken;
pub use db::{Database, DatabaseError, open};
pub use media::MediaStore;
pub use seed::{DemoKey, SeedError, seed};
pub use serve::{ServeError, app, routes, serve};
pub use state::AppState;
