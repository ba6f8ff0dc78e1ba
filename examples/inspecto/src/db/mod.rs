//! The SQLite file: its schema, and the statements every resource shares.

mod migrations;
mod store;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

pub(crate) use migrations::migrations;
pub(crate) use store::{Entity, Filter, References, Store, entity, query_all, query_one};

/// For `#[serde(deserialize_with)]` on a row: the JSON text of the column to a value.
pub(crate) fn read_json<'de, D: Deserializer<'de>, T: DeserializeOwned>(column: D) -> Result<T, D::Error> {
    serde_json::from_str(&String::deserialize(column)?).map_err(D::Error::custom)
}
