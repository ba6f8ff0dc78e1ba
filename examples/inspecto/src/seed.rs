//! Demonstration data: a small fleet with everything the API can show, and credentials of every kind.

use example_keyring::Database;
use example_keyring::keys::Expiry;
use rusqlite::{Connection, Transaction};

use crate::credentials::{BundleName, ScopeList, keys, sessions};
use crate::error::{ApiError, ApiResult};
use crate::scopes::Scope;

/// The demonstration data, or a session, could not be stored.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the database: {0}")]
pub struct SeedError(String);

impl From<ApiError> for SeedError {
    fn from(error: ApiError) -> Self {
        Self(match error {
            ApiError::Internal(cause) | ApiError::Unavailable(cause) => cause,
            other => other.to_string(),
        })
    }
}

/// Fills an empty database. Returns the name and the secret of each credential; no secret can be read again.
///
/// # Errors
///
/// When there is something in the database already, or it can't be written.
pub fn seed(database: &Database) -> Result<Vec<(String, String)>, SeedError> {
    Ok(database.write_blocking(fill)?)
}

/// Opens a session of an administrator and returns its secret.
///
/// # Errors
///
/// When the database can't be written.
pub fn open_session(database: &Database, administrator: &str) -> Result<String, SeedError> {
    Ok(database.write_blocking(|transaction| sessions::open(transaction, administrator))?)
}

fn fill(transaction: &Transaction<'_>) -> ApiResult<Vec<(String, String)>> {
    let is_empty: bool = transaction.query_row(
        "SELECT NOT EXISTS (SELECT 1 FROM vehicles UNION ALL SELECT 1 FROM api_keys)",
        [],
        |row| row.get(0),
    )?;
    if !is_empty {
        return Err(ApiError::Conflict("there is data in it already".to_owned()));
    }
    transaction.execute_batch(include_str!("seed.sql"))?;
    let mut credentials = vec![("ADMIN_SESSION".to_owned(), sessions::open(transaction, "Ada Stern")?)];
    for scope in Scope::ALL.iter().filter(|scope| scope.status().is_live()) {
        let name = scope.as_str().replace([':', '-'], "_").to_uppercase();
        credentials.push(key(transaction, &name, &[*scope])?);
    }
    for bundle in [BundleName::ReadOnly, BundleName::InspectionSubmission, BundleName::FullFleetManagement] {
        let name = bundle.as_str().replace('-', "_").to_uppercase();
        credentials.push(key_of_list(transaction, &name, &bundle.scopes(), Expiry::Never)?);
    }
    let some_reads = [Scope::VehiclesRead, Scope::InspectionsRead];
    credentials.push(key(transaction, "DASHBOARD", &some_reads)?);
    let every = ScopeList::of(&some_reads);
    credentials.push(key_of_list(transaction, "EXPIRED", &every, Expiry::InSeconds(0))?);
    let (name, secret) = key_of_list(transaction, "REVOKED", &every, Expiry::Never)?;
    let revoked = keys::find_active(transaction, &secret)?;
    if let Some(key) = revoked {
        keys::revoke(transaction, &key.id)?;
    }
    credentials.push((name, secret));
    Ok(credentials)
}

fn key(connection: &Connection, name: &str, scopes: &[Scope]) -> ApiResult<(String, String)> {
    key_of_list(connection, name, &ScopeList::of(scopes), Expiry::Never)
}

fn key_of_list(
    connection: &Connection,
    name: &str,
    scopes: &ScopeList,
    expiry: Expiry<'_>,
) -> ApiResult<(String, String)> {
    let issued = keys::issue(connection, &name.to_lowercase(), scopes, expiry)?;
    Ok((format!("KEY_{name}"), issued.secret))
}
