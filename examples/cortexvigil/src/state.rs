//! What every request may use.

use std::sync::Arc;

use tokio::sync::Notify;

use crate::admin_ui::SignInBrake;
use crate::credentials::OperatorToken;
use crate::db::Database;
use crate::media::MediaStore;

/// The service's shared parts. Clones are cheap and mean the same service.
#[derive(Clone, Debug)]
pub struct AppState {
    pub(crate) database: Database,
    pub(crate) media: MediaStore,
    pub(crate) operator: OperatorToken,
    pub(crate) sign_in_brake: Arc<SignInBrake>,
    /// Wakes the worker when a row was queued.
    pub(crate) queued: Arc<Notify>,
}

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(database: Database, media: MediaStore, operator: OperatorToken) -> Self {
        Self { database, media, operator, sign_in_brake: Arc::default(), queued: Arc::new(Notify::new()) }
    }
}
