//! API keys: issued, rotated and revoked by the operator, looked up on every request.

use example_keyring::{Digest, Secret};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::grants::{self, ScopeList};
use super::{PREFIX, apps};
use crate::db::{query_all, query_one, read_json};
use crate::error::{ApiError, ApiResult};
use crate::values::{Days, Name};

/// The key a request was made with, and whose it is.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Caller {
    pub(crate) key_id: i64,
    pub(crate) app_id: i64,
    pub(crate) app_name: String,
    pub(crate) organisation_id: i64,
    /// The granted scopes as they are stored, sorted.
    #[serde(deserialize_with = "read_json")]
    pub(crate) scopes: Vec<String>,
}

/// A key as the operator sees it: everything but the secret.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Key {
    pub(crate) id: i64,
    pub(crate) label: String,
    /// How the secret begins, to tell one key from another.
    pub(crate) hint: String,
    pub(crate) created_at: String,
    pub(crate) expires_at: Option<String>,
    pub(crate) rotated_at: Option<String>,
    pub(crate) revoked_at: Option<String>,
    #[serde(deserialize_with = "read_json")]
    pub(crate) scopes: Vec<String>,
}

impl Key {
    /// Whether the scope of this name is granted to it.
    pub(crate) fn holds(&self, scope: &str) -> bool {
        self.scopes.iter().any(|held| held == scope)
    }
}

/// A key with its secret. Only the answer that made the secret carries it.
#[derive(Serialize)]
pub(crate) struct IssuedKey {
    #[serde(flatten)]
    pub(crate) key: Key,
    pub(crate) secret: String,
}

/// What the operator says about a new key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewKey {
    pub(crate) label: Name,
    /// All the app holds, when it is not said.
    pub(crate) scopes: Option<ScopeList>,
    /// It does not expire, when it is not said.
    pub(crate) expires_in_days: Option<Days>,
}

const CALLERS: &str = "
    SELECT
        k.id AS key_id, a.id AS app_id, a.name AS app_name, a.organisation_id,
        (SELECT json_group_array(scope ORDER BY scope) FROM key_scopes WHERE key_id = k.id) AS scopes
    FROM api_keys AS k
    JOIN external_apps AS a ON a.id = k.app_id
    WHERE k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))";

const KEYS: &str = "
    SELECT
        k.id, k.label, k.hint, k.created_at, k.expires_at, k.rotated_at, k.revoked_at,
        (SELECT json_group_array(scope ORDER BY scope) FROM key_scopes WHERE key_id = k.id) AS scopes
    FROM api_keys AS k";

/// Looks a key up by the digest of its secret; a revoked or expired key is as good as none.
///
/// The index walks a digest the caller cannot choose, so its timing tells nothing about a stored secret.
pub(crate) fn find_by_secret(connection: &Connection, presented: &str) -> ApiResult<Option<Caller>> {
    let digest = Digest::of(presented);
    Ok(query_one(connection, &format!("{CALLERS} AND k.secret_hash = ?1"), [digest.as_bytes()])?)
}

/// The key of this id, if it is in use.
pub(crate) fn find_by_id(connection: &Connection, key_id: Option<i64>) -> ApiResult<Option<Caller>> {
    Ok(query_one(connection, &format!("{CALLERS} AND k.id = ?1"), [key_id])?)
}

pub(crate) fn list_of_app(connection: &Connection, app_id: i64) -> ApiResult<Vec<Key>> {
    Ok(query_all(connection, &format!("{KEYS} WHERE k.app_id = ?1 ORDER BY k.id"), [app_id])?)
}

/// Makes a key for an app.
pub(crate) fn issue(connection: &Connection, app_id: i64, new: &NewKey) -> ApiResult<IssuedKey> {
    apps::get(connection, app_id)?;
    if let Some(scopes) = &new.scopes {
        grants::check_held_by_app(connection, app_id, scopes)?;
    }
    let secret = Secret::random(PREFIX)?;
    connection.execute(
        "INSERT INTO api_keys (app_id, label, hint, secret_hash, expires_at)
         VALUES (?1, ?2, ?3, ?4, strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?5))",
        params![
            app_id,
            new.label.as_str(),
            secret.hint(),
            secret.digest().as_bytes(),
            // No modifier makes no time: the key does not expire.
            new.expires_in_days.map(|days| format!("+{} days", days.get())),
        ],
    )?;
    let key_id = connection.last_insert_rowid();
    grants::add_to_key(connection, key_id, new.scopes.as_ref())?;
    Ok(IssuedKey { key: get(connection, app_id, key_id)?, secret: secret.reveal() })
}

/// Gives a key a new secret; the old one stops working. The additional scopes are granted to the app, too.
pub(crate) fn rotate(
    connection: &Connection,
    app_id: i64,
    key_id: i64,
    additional: &ScopeList,
) -> ApiResult<IssuedKey> {
    let secret = Secret::random(PREFIX)?;
    let rotated = connection.execute(
        "UPDATE api_keys
         SET secret_hash = ?3, hint = ?4, rotated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
         WHERE app_id = ?1 AND id = ?2 AND revoked_at IS NULL",
        params![app_id, key_id, secret.digest().as_bytes(), secret.hint()],
    )?;
    if rotated == 0 {
        return Err(no_live_key(app_id, key_id));
    }
    grants::add_to_app(connection, app_id, additional)?;
    grants::add_to_key(connection, key_id, Some(additional))?;
    Ok(IssuedKey { key: get(connection, app_id, key_id)?, secret: secret.reveal() })
}

/// Makes a key useless for good. The row stays, so that it can be seen that there was one.
pub(crate) fn revoke(connection: &Connection, app_id: i64, key_id: i64) -> ApiResult<()> {
    let revoked = connection.execute(
        "UPDATE api_keys SET revoked_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
         WHERE app_id = ?1 AND id = ?2 AND revoked_at IS NULL",
        [app_id, key_id],
    )?;
    if revoked == 0 { Err(no_live_key(app_id, key_id)) } else { Ok(()) }
}

fn get(connection: &Connection, app_id: i64, key_id: i64) -> ApiResult<Key> {
    query_one(connection, &format!("{KEYS} WHERE k.app_id = ?1 AND k.id = ?2"), [app_id, key_id])?
        .ok_or_else(|| no_live_key(app_id, key_id))
}

fn no_live_key(app_id: i64, key_id: i64) -> ApiError {
    ApiError::NotFound(format!("the external app {app_id} has no key {key_id} in use"))
}
