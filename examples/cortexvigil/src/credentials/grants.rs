//! Lists of granted scopes, and the two tables that hold them.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use serde::Deserialize;

use crate::error::{ApiError, ApiResult};
use crate::scopes::Scope;

/// Scopes of the policy that are to be granted, each once.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct ScopeList(BTreeSet<Scope>);

impl FromIterator<Scope> for ScopeList {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl ScopeList {
    fn to_json(&self) -> ApiResult<String> {
        serde_json::to_string(&self.0).map_err(ApiError::internal)
    }
}

/// Grants scopes to an app; what it holds already stays.
pub(super) fn add_to_app(connection: &Connection, app_id: i64, scopes: &ScopeList) -> ApiResult<()> {
    connection.execute(
        "INSERT OR IGNORE INTO app_scopes (app_id, scope) SELECT ?1, value FROM json_each(?2)",
        params![app_id, scopes.to_json()?],
    )?;
    Ok(())
}

/// Leaves an app exactly these scopes. Its keys lose at once what it lost; none gains anything.
pub(super) fn replace_for_app(connection: &Connection, app_id: i64, scopes: &ScopeList) -> ApiResult<()> {
    connection.execute("DELETE FROM app_scopes WHERE app_id = ?1", [app_id])?;
    add_to_app(connection, app_id, scopes)?;
    connection.execute(
        "DELETE FROM key_scopes
         WHERE key_id IN (SELECT id FROM api_keys WHERE app_id = ?1)
           AND scope NOT IN (SELECT scope FROM app_scopes WHERE app_id = ?1)",
        [app_id],
    )?;
    Ok(())
}

/// Grants a key the scopes of the list that its app holds; without a list, all its app holds.
pub(super) fn add_to_key(connection: &Connection, key_id: i64, only: Option<&ScopeList>) -> ApiResult<()> {
    connection.execute(
        "INSERT OR IGNORE INTO key_scopes (key_id, scope)
         SELECT k.id, s.scope
         FROM api_keys AS k
         JOIN app_scopes AS s ON s.app_id = k.app_id
         WHERE k.id = ?1 AND (?2 IS NULL OR s.scope IN (SELECT value FROM json_each(?2)))",
        params![key_id, only.map(ScopeList::to_json).transpose()?],
    )?;
    Ok(())
}

/// Refuses a list with a scope the app does not hold.
pub(super) fn check_held_by_app(connection: &Connection, app_id: i64, scopes: &ScopeList) -> ApiResult<()> {
    let excess: Option<String> = connection.query_row(
        "SELECT min(value) FROM json_each(?2)
         WHERE value NOT IN (SELECT scope FROM app_scopes WHERE app_id = ?1)",
        params![app_id, scopes.to_json()?],
        |row| row.get(0),
    )?;
    match excess {
        Some(scope) => Err(ApiError::Invalid(format!("the app is not granted `{scope}`"))),
        None => Ok(()),
    }
}
