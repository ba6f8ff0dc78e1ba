//! Rows as values: queries whose rows are read by their columns' names, statements written after a value's fields.
//!
//! INVARIANT: names of tables and columns come from types in the program; what a caller sent is only ever bound as a
//! parameter.

use rusqlite::{Connection, OptionalExtension as _, Params, ToSql};
use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_rusqlite::{NamedParamSlice, from_row, from_rows, to_params_named};

use crate::Refusal;

/// Every row of a query.
pub fn query_all<T: DeserializeOwned>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Vec<T>, Refusal> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query(params)?;
    Ok(from_rows(rows).collect::<Result<_, _>>()?)
}

/// The first row of a query, if there is one.
pub fn query_one<T: DeserializeOwned>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<T>, Refusal> {
    let mut statement = connection.prepare_cached(sql)?;
    let row = statement.query_row(params, |row| Ok(from_row(row))).optional()?;
    Ok(row.transpose()?)
}

/// The named parameters of a statement: the fields of a value, and what is bound beside them.
#[derive(Default)]
pub struct Parameters(NamedParamSlice);

impl Parameters {
    /// A parameter for each field; a field that is not serialized is none.
    pub fn of(values: &impl Serialize) -> Result<Self, Refusal> {
        Ok(Self(to_params_named(values)?))
    }

    /// One more parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToSql + 'static) -> Self {
        self.0.push((format!(":{name}"), Box::new(value)));
        self
    }

    /// The statement that adds a row with these columns and returns it.
    pub fn insert_into(&self, table: &str) -> String {
        let columns = self.join(str::to_owned);
        let values = self.join(|column| format!(":{column}"));
        format!("INSERT INTO {table} ({columns}) VALUES ({values}) RETURNING *")
    }

    /// What stands behind the `SET` of an `UPDATE`; empty if there is nothing to change.
    pub fn assignments(&self) -> String {
        self.join(|column| format!("{column} = :{column}"))
    }

    /// [`query_all`] with these parameters.
    pub fn query_all<T: DeserializeOwned>(
        &self,
        connection: &Connection,
        sql: &str,
    ) -> Result<Vec<T>, Refusal> {
        query_all(connection, sql, self.0.to_slice().as_slice())
    }

    /// [`query_one`] with these parameters.
    pub fn query_one<T: DeserializeOwned>(
        &self,
        connection: &Connection,
        sql: &str,
    ) -> Result<Option<T>, Refusal> {
        query_one(connection, sql, self.0.to_slice().as_slice())
    }

    /// Runs a statement; how many rows it changed.
    pub fn execute(&self, connection: &Connection, sql: &str) -> Result<usize, Refusal> {
        Ok(connection.prepare_cached(sql)?.execute(self.0.to_slice().as_slice())?)
    }

    fn join(&self, each: impl Fn(&str) -> String) -> String {
        let columns = self.0.iter().map(|(name, _)| each(name.trim_start_matches(':')));
        columns.collect::<Vec<_>>().join(", ")
    }
}

/// For `#[serde(deserialize_with)]` on a row: the JSON text of the column to a value.
///
/// Apart from [`write_json`], and not together a `with`, which would also change the JSON of an answer.
pub fn read_json<'de, D: Deserializer<'de>, T: DeserializeOwned>(column: D) -> Result<T, D::Error> {
    // A NULL column reads as JSON `null`, which is what an `Option` field makes `None` of.
    let text = Option::<String>::deserialize(column)?;
    serde_json::from_str(text.as_deref().unwrap_or("null")).map_err(D::Error::custom)
}

/// For `#[serde(serialize_with)]` on what is written to a row: a value to the JSON text of the column.
pub fn write_json<S: Serializer, T: Serialize>(value: &T, column: S) -> Result<S::Ok, S::Error> {
    serde_json::to_string(value).map_err(S::Error::custom)?.serialize(column)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;
    use serde::{Deserialize, Serialize};

    use super::{Parameters, query_all, query_one, read_json, write_json};

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Site {
        name: String,
        #[serde(deserialize_with = "read_json", serialize_with = "write_json")]
        tags: Option<Vec<String>>,
    }

    fn database() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE TABLE sites (id INTEGER PRIMARY KEY, name TEXT NOT NULL, tags TEXT) STRICT",
            )
            .unwrap();
        connection
    }

    #[test]
    fn a_row_is_written_read_and_changed_by_the_names_of_its_fields() {
        let connection = database();
        let site = Site { name: "Harbour".to_owned(), tags: Some(vec!["north".to_owned()]) };
        let values = Parameters::of(&site).unwrap();
        let insert = values.insert_into("sites");
        assert_eq!(insert, "INSERT INTO sites (name, tags) VALUES (:name, :tags) RETURNING *");
        assert_eq!(values.query_one(&connection, &insert).unwrap(), Some(site));

        let change = Parameters::default().with("name", "Hill".to_owned());
        let update = format!("UPDATE sites SET {} WHERE id = :id", change.assignments());
        assert_eq!(update, "UPDATE sites SET name = :name WHERE id = :id");
        assert_eq!(change.with("id", 1).execute(&connection, &update).unwrap(), 1);
        let name: Option<String> = query_one(&connection, "SELECT name FROM sites", []).unwrap();
        assert_eq!(name.as_deref(), Some("Hill"));
        assert_eq!(Parameters::default().assignments(), "");
    }

    #[test]
    fn an_empty_column_is_no_value() {
        let connection = database();
        connection.execute_batch("INSERT INTO sites (name) VALUES ('Harbour')").unwrap();
        let sites: Vec<Site> = query_all(&connection, "SELECT name, tags FROM sites", []).unwrap();
        assert_eq!(sites, [Site { name: "Harbour".to_owned(), tags: None }]);
    }
}
