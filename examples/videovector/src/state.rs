//! What every request may use.

use std::sync::Arc;
use std::time::Duration;

use example_groundwork::destination::{self, Destinations};
use example_keyring::jwt::RotatingVerifier;
use tokio::sync::Notify;
use ureq::Agent;

use crate::db::Database;

/// How long the receiver of a webhook may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The service's shared parts. Clones are cheap and mean the same service.
#[derive(Clone, Debug)]
pub struct AppState {
    pub(crate) database: Database,
    pub(crate) verifier: Arc<RotatingVerifier>,
    /// Where clients reach the service.
    pub(crate) public_url: Arc<str>,
    /// Which addresses webhooks may be delivered to.
    pub(crate) webhooks_to: Destinations,
    /// What delivers to them.
    pub(crate) agent: Agent,
    /// Wakes the worker when a row was queued.
    pub(crate) queued: Arc<Notify>,
}

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        database: Database,
        verifier: RotatingVerifier,
        public_url: &str,
        webhooks_to: Destinations,
    ) -> Self {
        Self {
            database,
            verifier: Arc::new(verifier),
            public_url: public_url.into(),
            webhooks_to,
            agent: destination::agent(webhooks_to, PATIENCE),
            queued: Arc::new(Notify::new()),
        }
    }
}
