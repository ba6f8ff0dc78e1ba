//! API keys: created with their scopes once and for all, listed, revoked.

use example_keyring::keys::{self, Expiry, IssuedKey, Key, KeyError, NewKey};
use rusqlite::Connection;

use super::{BundleName, ScopeList};
use crate::body::shape;
use crate::error::{ApiError, ApiResult, Problem};
use crate::values::{Moment, Name, Whole};

/// How a key begins, which tells it from a session.
const PREFIX: &str = "sk_";
/// Every key is of the one fleet this service keeps.
const OWNER: &str = "fleet";

shape! {
    /// What an administrator says about a new key: its scopes one by one or as a bundle, and when it ends, if it does.
    pub(crate) struct KeyRequest {
        required name: Name,
        beside scopes: ScopeList,
        beside bundle: BundleName,
        beside expires_in_days: Whole<1, 3650>,
        beside expires_at: Moment,
    }
}

/// Makes a key. Its scopes can't be changed afterwards: there is no function for it, and the table refuses it.
pub(crate) fn create(connection: &Connection, request: &KeyRequest) -> ApiResult<IssuedKey> {
    let mut problems = Vec::new();
    let mut report = |field: &str, message: &str| {
        problems.push(Problem { field: field.to_owned(), message: message.to_owned() });
    };
    let scopes = match (&request.scopes, request.bundle) {
        (Some(scopes), None) => Some(scopes.clone()),
        (None, Some(bundle)) => Some(bundle.scopes()),
        (None, None) => {
            report("scopes", "must be given, or `bundle`");
            None
        }
        (Some(_), Some(_)) => {
            report("bundle", "must not be given beside `scopes`");
            None
        }
    };
    let expiry = match (request.expires_in_days, &request.expires_at) {
        (None, None) => Expiry::Never,
        (Some(days), None) => Expiry::InDays(u32::try_from(days.get()).unwrap_or_default()),
        (None, Some(moment)) if *moment > Moment::now() => Expiry::At(moment.as_str()),
        (None, Some(_)) => {
            report("expires_at", "must be in the future");
            Expiry::Never
        }
        (Some(_), Some(_)) => {
            report("expires_at", "must not be given beside `expires_in_days`");
            Expiry::Never
        }
    };
    match scopes {
        Some(scopes) if problems.is_empty() => issue(connection, request.name.as_str(), &scopes, expiry),
        _ => Err(ApiError::Invalid(problems)),
    }
}

/// Makes a key from what is known to be good.
pub(crate) fn issue(
    connection: &Connection,
    name: &str,
    scopes: &ScopeList,
    expiry: Expiry<'_>,
) -> ApiResult<IssuedKey> {
    let new = NewKey { prefix: PREFIX, owner: OWNER, name, scopes: &scopes.names(), expiry };
    Ok(keys::issue(connection, &new)?)
}

/// Every key, in the order of their names.
pub(crate) fn list(connection: &Connection) -> ApiResult<Vec<Key>> {
    let mut keys = keys::list(connection, OWNER)?;
    keys.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(keys)
}

pub(crate) fn get(connection: &Connection, id: &str) -> ApiResult<Key> {
    Ok(keys::get(connection, OWNER, id)?)
}

/// Takes a key out of use for good; from the answer on it opens nothing.
pub(crate) fn revoke(connection: &Connection, id: &str) -> ApiResult<Key> {
    Ok(keys::revoke(connection, OWNER, id)?)
}

/// The key of a secret, if it opens anything.
pub(crate) fn find_active(connection: &Connection, secret: &str) -> ApiResult<Option<Key>> {
    Ok(keys::find_active(connection, secret)?)
}

impl From<KeyError> for ApiError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Unknown(id) => Self::NotFound(format!("There is no API key `{id}`")),
            KeyError::Expiry(_) => Self::invalid("expires_at", "is no moment a key can expire at"),
            KeyError::Database(error) => error.into(),
            other => Self::internal(other),
        }
    }
}
