//! What every request may use.

use std::sync::Arc;

use example_keyring::Database;

use crate::media::MediaStore;
use crate::usage::Recent;

/// The service's shared parts. Clones are cheap and mean the same service.
#[derive(Clone, Debug)]
pub struct AppState {
    pub(crate) database: Database,
    pub(crate) media: MediaStore,
    /// Which uses of scopes need not be written down again yet.
    pub(crate) recent: Arc<Recent>,
}

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(database: Database, media: MediaStore) -> Self {
        Self { database, media, recent: Arc::default() }
    }
}
