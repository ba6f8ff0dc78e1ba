//! Organisations: whose sites, rows and External Apps belong together.

use rusqlite::{Connection, OptionalExtension};

use crate::error::{ApiError, ApiResult};
use crate::values::Name;

/// The organisation of this name, which is made if there is none.
pub(crate) fn by_name(connection: &Connection, name: &Name) -> ApiResult<i64> {
    // The update changes nothing; it makes the row that is there be returned.
    let id = connection.query_row(
        "INSERT INTO organisations (name) VALUES (?1)
         ON CONFLICT (name) DO UPDATE SET name = excluded.name
         RETURNING id",
        [name.as_str()],
        |row| row.get(0),
    )?;
    Ok(id)
}

/// The organisation of this name.
pub(crate) fn find(connection: &Connection, name: &str) -> ApiResult<i64> {
    connection
        .query_row("SELECT id FROM organisations WHERE name = ?1", [name], |row| row.get(0))
        .optional()?
        .ok_or_else(|| ApiError::NotFound(format!("there is no organisation `{name}`")))
}
