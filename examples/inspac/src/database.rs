//! The SQLite file, and the statements that every resource shares.

mod migrations;
mod rows;

use std::path::Path;

use example_keyring::{Database, DatabaseError};
use rusqlite::{Connection, OptionalExtension as _, Params};
use serde::de::DeserializeOwned;
use serde_rusqlite::{from_row, from_rows};

pub(crate) use rows::{Filter, Resource, Rows, resource};

use crate::error::{ApiError, ApiResult};

/// Opens the file, creates it if it is missing, and brings its schema up to date.
///
/// # Errors
///
/// When the file is no database, cannot be written, or is a newer program's.
pub fn open(path: &Path) -> Result<Database, DatabaseError> {
    Database::open(path, &migrations::all())
}

/// Every row of a query.
pub(crate) fn query_all<T: DeserializeOwned>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> ApiResult<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query(params)?;
    Ok(from_rows(rows).collect::<Result<_, _>>()?)
}

/// The first row of a query, if there is one.
pub(crate) fn query_one<T: DeserializeOwned>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> ApiResult<Option<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row(params, |row| Ok(from_row(row))).optional()?.transpose().map_err(ApiError::from)
}

/// Structured values in a text column: `#[serde(with = "json_text")]` would also change the JSON of an answer, so the
/// two directions are apart.
pub(crate) mod json_text {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// For `#[serde(deserialize_with)]` on a row: the column's text to the value.
    pub(crate) fn read<'de, D: Deserializer<'de>, T: DeserializeOwned>(column: D) -> Result<T, D::Error> {
        serde_json::from_str(&String::deserialize(column)?).map_err(D::Error::custom)
    }

    /// For `#[serde(serialize_with)]` on what is written to a row: the value to the column's text.
    pub(crate) fn write<S: Serializer, T: Serialize>(value: &T, column: S) -> Result<S::Ok, S::Error> {
        serde_json::to_string(value).map_err(S::Error::custom)?.serialize(column)
    }
}
