//! VideoVector: the example service of Scopewright on actix-web.
//!
//! Recordings of a workspace, searched by what is said and seen in them; prompts, runs, connectors, jobs and webhooks
//! around them; kept in one SQLite file and served to API keys and JWT sessions behind four ranked scopes.

scopewright::include_scopes!();

mod answer;
mod api;
mod body;
mod caller;
mod credentials;
mod db;
mod error;
mod files;
mod idempotency;
mod page;
mod progress;
mod search;
mod seed;
mod serve;
mod state;
mod values;
mod worker;
mod workspace;

pub use files::Files;
pub use seed::{SeedError, seed};
pub use serve::{ServeError, Settings, serve};
