//! Turns a credential into the grant that the guards ask about.

use example_keyring::Database;
use scopewright::{Authenticate, Presented, Rejection};

use super::{keys, sessions};
use crate::error::ApiError;
use crate::scopes::{AuthMode, Grant, Scope};

/// Looks credentials up in the database, on every request: what was revoked opens nothing from then on.
pub(crate) struct Authenticator {
    database: Database,
}

impl Authenticator {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// The subject is the key's id.
    async fn grant_of_key(&self, secret: String) -> Result<Grant, Rejection> {
        let key = self.database.read(move |connection| keys::find_active(connection, &secret)).await;
        let key = key.map_err(|error| unavailable(&error))?.ok_or(Rejection::Invalid)?;
        Ok(Grant::from_scopes(AuthMode::ApiKey, &key.scopes).with_subject(key.id))
    }

    /// The subject is the session's id.
    async fn grant_of_session(&self, secret: String) -> Result<Grant, Rejection> {
        let session = self.database.read(move |connection| sessions::find_open(connection, &secret)).await;
        let session = session.map_err(|error| unavailable(&error))?.ok_or(Rejection::Invalid)?;
        Ok(Grant::new(AuthMode::Administrator).with_subject(session.id.to_string()))
    }
}

impl Authenticate for Authenticator {
    type Catalogue = Scope;

    async fn authenticate(&self, presented: Presented<'_, Scope>) -> Result<Grant, Rejection> {
        let secret = presented.secret().to_owned();
        match presented.mode() {
            Some(AuthMode::ApiKey) => self.grant_of_key(secret).await,
            Some(AuthMode::Administrator) => self.grant_of_session(secret).await,
            None => Err(Rejection::Invalid),
        }
    }
}

/// A credential that could not be looked up was not found to be wrong.
fn unavailable(error: &ApiError) -> Rejection {
    error.report();
    Rejection::Unavailable
}
