//! External Apps: integrations of an organisation, each with the scopes its keys may hold.

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::grants::{self, ScopeList};
use crate::db::{query_all, query_one, read_json};
use crate::error::{ApiError, ApiResult};
use crate::organisations;
use crate::page::{Listing, Page};
use crate::values::{Name, Note};

/// An External App as the operator sees it.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct ExternalApp {
    pub(crate) id: i64,
    pub(crate) organisation: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    created_at: String,
    #[serde(deserialize_with = "read_json")]
    pub(crate) scopes: Vec<String>,
}

/// What the operator says about a new one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewApp {
    /// Made if there is none of this name.
    pub(crate) organisation: Name,
    pub(crate) name: Name,
    pub(crate) description: Option<Note>,
    #[serde(default)]
    pub(crate) scopes: ScopeList,
}

const APPS: &str = "
    SELECT
        a.id, o.name AS organisation, a.name, a.description, a.created_at,
        (SELECT json_group_array(scope ORDER BY scope) FROM app_scopes WHERE app_id = a.id) AS scopes
    FROM external_apps AS a
    JOIN organisations AS o ON o.id = a.organisation_id";

pub(crate) fn list(connection: &Connection, page: Page) -> ApiResult<Listing<ExternalApp>> {
    let sql = format!("{APPS} WHERE ?1 IS NULL OR a.id > ?1 ORDER BY a.id LIMIT ?2 + 1");
    let rows = query_all(connection, &sql, params![page.cursor, page.limit()])?;
    Ok(Listing::cut(rows, page, |app: &ExternalApp| app.id))
}

pub(crate) fn get(connection: &Connection, id: i64) -> ApiResult<ExternalApp> {
    query_one(connection, &format!("{APPS} WHERE a.id = ?1"), [id])?.ok_or_else(|| absent(id))
}

pub(crate) fn create(connection: &Connection, new: &NewApp) -> ApiResult<ExternalApp> {
    let organisation_id = organisations::by_name(connection, &new.organisation)?;
    connection.execute(
        "INSERT INTO external_apps (organisation_id, name, description) VALUES (?1, ?2, ?3)",
        params![organisation_id, new.name.as_str(), new.description.as_ref().map(Note::as_str)],
    )?;
    let id = connection.last_insert_rowid();
    grants::add_to_app(connection, id, &new.scopes)?;
    get(connection, id)
}

/// Deletes an app and with it every key it had.
pub(crate) fn remove(connection: &Connection, id: i64) -> ApiResult<()> {
    match connection.execute("DELETE FROM external_apps WHERE id = ?1", [id])? {
        0 => Err(absent(id)),
        _ => Ok(()),
    }
}

pub(crate) fn replace_scopes(connection: &Connection, id: i64, scopes: &ScopeList) -> ApiResult<ExternalApp> {
    get(connection, id)?;
    grants::replace_for_app(connection, id, scopes)?;
    get(connection, id)
}

fn absent(id: i64) -> ApiError {
    ApiError::NotFound(format!("there is no external app {id}"))
}
