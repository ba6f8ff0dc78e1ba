//! Turns a credential into the grant that the guards ask about.

use scopewright::axum::{Authenticate, Presented, Rejection};

use super::{OperatorToken, keys};
use crate::admin_ui;
use crate::db::Database;
use crate::error::ApiError;
use crate::scopes::{AuthMode, Grant, Scope};
use crate::state::AppState;

/// Looks up API keys in the database and compares the operator's token.
pub(crate) struct Authenticator {
    database: Database,
    operator: OperatorToken,
}

impl Authenticator {
    pub(crate) fn new(state: &AppState) -> Self {
        Self { database: state.database.clone(), operator: state.operator.clone() }
    }
}

impl Authenticate for Authenticator {
    type Catalogue = Scope;

    async fn authenticate(&self, presented: Presented<'_, Scope>) -> Result<Grant, Rejection> {
        match presented.mode() {
            Some(AuthMode::ApiKey) => self.grant_of_key(presented.secret().to_owned()).await,
            Some(AuthMode::Operator) if self.operator.accepts(presented.secret()) => {
                Ok(Grant::new(AuthMode::Operator))
            }
            Some(AuthMode::Operator) => self.grant_of_session(presented.secret().to_owned()).await,
            None => Err(Rejection::Invalid),
        }
    }
}

impl Authenticator {
    async fn grant_of_session(&self, secret: String) -> Result<Grant, Rejection> {
        let is_live = self.database.read(move |connection| admin_ui::is_live(connection, &secret)).await;
        match is_live {
            Ok(true) => Ok(Grant::new(AuthMode::Operator)),
            Ok(false) => Err(Rejection::Invalid),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// The subject is the key's id, by which a handler finds out whose it is.
    async fn grant_of_key(&self, secret: String) -> Result<Grant, Rejection> {
        let caller = self.database.read(move |connection| keys::find_by_secret(connection, &secret)).await;
        let caller = caller.map_err(|error| unavailable(&error))?.ok_or(Rejection::Invalid)?;
        Ok(Grant::from_scopes(AuthMode::ApiKey, &caller.scopes).with_subject(caller.key_id.to_string()))
    }
}

fn unavailable(error: &ApiError) -> Rejection {
    error.report();
    Rejection::Unavailable
}
