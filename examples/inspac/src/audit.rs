//! Which scopes a key was given and does not use: what an organisation looks at when it audits its keys.

use example_keyring::keys::{self, KeyState};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::database::{query_all, query_one};
use crate::error::ApiError;
use crate::values::Moment;

/// A key in use, and what it does with its scopes.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditedKey {
    /// The key.
    pub id: String,
    /// What its maker called it.
    pub name: String,
    /// When it was made.
    pub created_at: String,
    /// The scopes it has, with their last use.
    pub scopes: Vec<ScopeUse>,
    /// Those that opened nothing for as long as was asked for: take them away, unless somebody knows better. Empty for
    /// a key that is younger than that.
    pub unused: Vec<String>,
}

/// A scope of a key.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScopeUse {
    /// Its name.
    pub scope: String,
    /// When it last opened a call, to the minute; never, if there is no time.
    pub last_used_at: Option<String>,
}

#[derive(Deserialize)]
struct Use {
    key_id: String,
    scope: String,
    last_used_at: String,
}

/// The keys of an organisation that are in use, oldest first, with the scopes that opened nothing for `days` days.
///
/// # Errors
///
/// When the database fails.
pub fn audit_keys(
    connection: &Connection,
    organisation_id: i64,
    days: u16,
) -> Result<Vec<AuditedKey>, ApiError> {
    let uses: Vec<Use> = query_all(connection, "SELECT key_id, scope, last_used_at FROM scope_uses", [])?;
    let since = Moment::from(Timestamp::now() - SignedDuration::from_hours(24 * i64::from(days)));
    let keys = keys::list(connection, &organisation_id.to_string())?;
    Ok(keys
        .into_iter()
        .filter(|key| key.state == KeyState::Active)
        .map(|key| {
            let last_use = |scope: &str| {
                let found = uses.iter().find(|it| it.key_id == key.id && it.scope == scope);
                found.map(|it| it.last_used_at.clone())
            };
            let scopes: Vec<_> = key
                .scopes
                .iter()
                .map(|scope| ScopeUse { scope: scope.clone(), last_used_at: last_use(scope) })
                .collect();
            let is_old_enough = key.created_at.as_str() <= since.as_str();
            let unused = scopes
                .iter()
                .filter(|it| {
                    is_old_enough && it.last_used_at.as_ref().is_none_or(|at| at.as_str() < since.as_str())
                })
                .map(|it| it.scope.clone())
                .collect();
            AuditedKey { id: key.id, name: key.name, created_at: key.created_at, scopes, unused }
        })
        .collect())
}

/// The id of the organisation of this name.
///
/// # Errors
///
/// When there is none.
pub fn organisation_named(connection: &Connection, name: &str) -> Result<i64, ApiError> {
    let id = query_one(connection, "SELECT id FROM organisations WHERE name = ?1", [name])?;
    id.ok_or_else(|| ApiError::NotFound(format!("there is no organisation `{name}`")))
}
