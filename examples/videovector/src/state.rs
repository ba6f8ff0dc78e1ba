//! What every request may use.

use std::sync::Arc;

use example_keyring::jwt::Verifier;
use tokio::sync::Notify;

use crate::db::Database;

/// The service's shared parts. Clones are cheap and mean the same service.
#[derive(Clone, Debug)]
pub struct AppState {
    pub(crate) database: Database,
    pub(crate) verifier: Arc<Verifier>,
    /// Where clients reach the service.
    pub(crate) public_url: Arc<str>,
    /// Wakes the worker when a row was queued.
    pub(crate) queued: Arc<Notify>,
}

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(database: Database, verifier: Verifier, public_url: &str) -> Self {
        Self {
            database,
            verifier: Arc::new(verifier),
            public_url: public_url.into(),
            queued: Arc::new(Notify::new()),
        }
    }
}
