//! Structured values kept in a text column as JSON.

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// For `#[serde(deserialize_with)]` on a row: text of the column to value.
pub(crate) fn read_json<'de, D: Deserializer<'de>, T: DeserializeOwned>(column: D) -> Result<T, D::Error> {
    serde_json::from_str(&String::deserialize(column)?).map_err(D::Error::custom)
}

/// For `#[serde(serialize_with)]` on what is written to a row: value to text of the column.
pub(crate) fn write_json<S: Serializer, T: Serialize>(value: &T, column: S) -> Result<S::Ok, S::Error> {
    serde_json::to_string(value).map_err(S::Error::custom)?.serialize(column)
}
