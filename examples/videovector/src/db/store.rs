//! Rows of one workspace: the statements every resource shares.
//!
//! INVARIANT: every statement built here names the workspace, so no caller can see or touch another's rows. Names of
//! tables and columns come from types in this program; what a caller sent is only ever bound as a parameter.

use rusqlite::{Connection, OptionalExtension as _, Params, ToSql};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_rusqlite::{NamedParamSlice, from_row, from_rows, to_params_named};

use crate::error::{ApiError, ApiResult};
use crate::page::{Listing, Page};

/// A type whose fields are columns of one table, which also has `n`, the order in which its rows were added.
pub(crate) trait Entity: DeserializeOwned + Serialize + Send + 'static {
    /// What one of them is called in a message.
    const NOUN: &'static str;
    /// Where they are kept.
    const TABLE: &'static str;

    /// The row's public name.
    fn id(&self) -> &str;
}

/// Makes a type with an `id` field an [`Entity`]: `entity!(Prompt, "prompt" => "prompts")`.
macro_rules! entity {
    ($row:ty, $noun:expr => $table:expr) => {
        impl $crate::db::Entity for $row {
            const NOUN: &'static str = $noun;
            const TABLE: &'static str = $table;

            fn id(&self) -> &str {
                &self.id
            }
        }
    };
}
pub(crate) use entity;

/// The narrowing parameters of a list; each field is bound to the parameter of its name.
pub(crate) trait Filter: Serialize + Send + 'static {
    /// What is listed.
    type Row: Entity;
    /// A condition over the columns of the row that names every field of the filter.
    const WHERE: &'static str;
}

/// The rows of one workspace.
#[derive(Clone, Copy)]
pub(crate) struct Store<'work> {
    pub(crate) connection: &'work Connection,
    pub(crate) workspace: &'work str,
}

impl Store<'_> {
    /// One page of the rows that match, oldest first.
    pub(crate) fn list<F: Filter>(self, filter: &F, page: &Page) -> ApiResult<Listing<F::Row>> {
        let sql = format!(
            "SELECT * FROM {table}
             WHERE workspace = :workspace
               AND n > coalesce((SELECT n FROM {table} WHERE workspace = :workspace AND id = :cursor), 0)
               AND ({condition})
             ORDER BY n
             LIMIT :limit + 1",
            table = F::Row::TABLE,
            condition = F::WHERE,
        );
        let mut params = self.params(filter)?;
        push(&mut params, ":cursor", page.cursor.clone());
        push(&mut params, ":limit", page.limit());
        let rows = query_all(self.connection, &sql, params.to_slice().as_slice())?;
        Ok(Listing::cut(rows, page, Entity::id))
    }

    /// The row with this id, or a 404.
    pub(crate) fn get<T: Entity>(self, id: &str) -> ApiResult<T> {
        let sql = format!("SELECT * FROM {} WHERE workspace = ?1 AND id = ?2", T::TABLE);
        query_one(self.connection, &sql, [self.workspace, id])?.ok_or_else(|| absent::<T>(id))
    }

    /// Adds a row whose columns are the fields of `values`.
    pub(crate) fn insert<T: Entity>(self, values: &impl Serialize) -> ApiResult<T> {
        let params = self.params(values)?;
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({}) RETURNING *",
            T::TABLE,
            join(&params, column),
            join(&params, str::to_owned)
        );
        query_one(self.connection, &sql, params.to_slice().as_slice())?
            .ok_or_else(|| ApiError::internal("an insert returned no row"))
    }

    /// Changes the columns that are fields of `changes`; a field that is not serialized stays as it is.
    pub(crate) fn update<T: Entity>(self, id: &str, changes: &impl Serialize) -> ApiResult<T> {
        let assignments = join(&to_params_named(changes)?, |name| format!("{} = {name}", column(name)));
        if assignments.is_empty() {
            return self.get(id);
        }
        let sql = format!(
            "UPDATE {} SET {assignments} WHERE workspace = :workspace AND id = :id RETURNING *",
            T::TABLE
        );
        let mut params = self.params(changes)?;
        push(&mut params, ":id", id.to_owned());
        query_one(self.connection, &sql, params.to_slice().as_slice())?.ok_or_else(|| absent::<T>(id))
    }

    /// Deletes a row, or says why it cannot go.
    pub(crate) fn remove<T: Entity>(self, id: &str) -> ApiResult<()> {
        let sql = format!("DELETE FROM {} WHERE workspace = ?1 AND id = ?2", T::TABLE);
        match self.connection.prepare_cached(&sql)?.execute([self.workspace, id]).map_err(ApiError::from) {
            Ok(0) => Err(absent::<T>(id)),
            Ok(_) => Ok(()),
            Err(ApiError::UnknownReference) => {
                Err(ApiError::Conflict(format!("the {} `{id}` is still in use", T::NOUN)))
            }
            Err(other) => Err(other),
        }
    }

    fn params(self, values: &impl Serialize) -> ApiResult<NamedParamSlice> {
        let mut params = to_params_named(values)?;
        push(&mut params, ":workspace", self.workspace.to_owned());
        Ok(params)
    }
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

fn absent<T: Entity>(id: &str) -> ApiError {
    ApiError::NotFound(format!("there is no {} `{id}`", T::NOUN))
}

fn push(params: &mut NamedParamSlice, name: &str, value: impl ToSql + 'static) {
    params.push((name.to_owned(), Box::new(value)));
}

fn column(name: &str) -> String {
    name.trim_start_matches(':').to_owned()
}

fn join(params: &NamedParamSlice, each: impl Fn(&str) -> String) -> String {
    params.iter().map(|(name, _)| each(name)).collect::<Vec<_>>().join(", ")
}
