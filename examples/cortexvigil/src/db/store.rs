//! Rows of one organisation: the statements every resource shares.
//!
//! INVARIANT: every statement built here names the organisation, so no caller can see or touch another's rows.
//! Names of tables and columns come from types in this program; what a caller sent is only ever bound as a parameter.

use rusqlite::{Connection, OptionalExtension, Params, ToSql};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_rusqlite::{NamedParamSlice, from_row, from_rows, to_params_named};

use crate::error::{ApiError, ApiResult};
use crate::page::{Listing, Page};

/// A type whose fields are columns of one table or view.
pub(crate) trait Entity: DeserializeOwned + Serialize + Send + 'static {
    /// What one of them is called in a message.
    const NOUN: &'static str;
    /// Where they are kept.
    const TABLE: &'static str;
    /// Whether a list starts with the row that was added last.
    const NEWEST_FIRST: bool = false;

    /// The row's `id`, which is also its place in a list.
    fn id(&self) -> i64;
}

/// Makes a type with an `id` field an [`Entity`]: `entity!(Camera, "camera" => "cameras")`.
macro_rules! entity {
    ($row:ty, $noun:expr => $table:expr $(, newest_first = $newest_first:literal)?) => {
        impl $crate::db::Entity for $row {
            const NOUN: &'static str = $noun;
            const TABLE: &'static str = $table;
            $(const NEWEST_FIRST: bool = $newest_first;)?

            fn id(&self) -> i64 {
                self.id
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

/// No fields: for a statement that needs nothing but the organisation or an id.
#[derive(Serialize)]
struct Nothing {}

/// The rows of one organisation.
#[derive(Clone, Copy)]
pub(crate) struct Store<'connection> {
    connection: &'connection Connection,
    organisation_id: i64,
}

impl<'connection> Store<'connection> {
    pub(crate) fn new(connection: &'connection Connection, organisation_id: i64) -> Self {
        Self { connection, organisation_id }
    }

    /// One page of the rows that match.
    pub(crate) fn list<F: Filter>(self, filter: &F, page: Page) -> ApiResult<Listing<F::Row>> {
        let (after, order) = if F::Row::NEWEST_FIRST { ("<", "DESC") } else { (">", "ASC") };
        let sql = format!(
            "SELECT * FROM {table}
             WHERE organisation_id = :organisation_id
               AND (:cursor IS NULL OR id {after} :cursor)
               AND ({condition})
             ORDER BY id {order}
             LIMIT :limit + 1",
            table = F::Row::TABLE,
            condition = F::WHERE,
        );
        let mut params = self.params(filter)?;
        push(&mut params, ":cursor", page.cursor);
        push(&mut params, ":limit", page.limit());
        let rows = query_all(self.connection, &sql, params.to_slice().as_slice())?;
        Ok(Listing::cut(rows, page, Entity::id))
    }

    /// Every row that matches. Only for what is small by nature, such as the slots of one area.
    pub(crate) fn all<F: Filter>(self, filter: &F) -> ApiResult<Vec<F::Row>> {
        let sql = format!(
            "SELECT * FROM {} WHERE organisation_id = :organisation_id AND ({}) ORDER BY id",
            F::Row::TABLE,
            F::WHERE
        );
        query_all(self.connection, &sql, self.params(filter)?.to_slice().as_slice())
    }

    /// The row with this id, or a 404.
    pub(crate) fn get<T: Entity>(self, id: i64) -> ApiResult<T> {
        let sql = format!("SELECT * FROM {} WHERE organisation_id = :organisation_id AND id = :id", T::TABLE);
        self.first(&sql, &self.params_with_id(&Nothing {}, id)?)?.ok_or_else(|| absent::<T>(id))
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
        self.first(&sql, &params)?.ok_or_else(|| ApiError::internal("an insert returned no row"))
    }

    /// Changes the columns that are fields of `changes`; a field that is not serialized stays as it is.
    pub(crate) fn update<T: Entity>(self, id: i64, changes: &impl Serialize) -> ApiResult<T> {
        let assignments = join(&to_params_named(changes)?, |name| format!("{} = {name}", column(name)));
        if assignments.is_empty() {
            return self.get(id);
        }
        let sql = format!(
            "UPDATE {} SET {assignments} WHERE organisation_id = :organisation_id AND id = :id RETURNING *",
            T::TABLE
        );
        self.first(&sql, &self.params_with_id(changes, id)?)?.ok_or_else(|| absent::<T>(id))
    }

    /// Deletes a row, or says why it cannot go.
    pub(crate) fn remove<T: Entity>(self, id: i64) -> ApiResult<()> {
        let sql = format!("DELETE FROM {} WHERE organisation_id = :organisation_id AND id = :id", T::TABLE);
        match self.execute(&sql, &self.params_with_id(&Nothing {}, id)?) {
            Ok(0) => Err(absent::<T>(id)),
            Ok(_) => Ok(()),
            Err(ApiError::UnknownReference) => {
                Err(ApiError::Conflict(format!("the {} {id} is still in use", T::NOUN)))
            }
            Err(other) => Err(other),
        }
    }

    /// A statement of the resource's own; `:organisation_id` is bound beside the fields of `values`.
    pub(crate) fn run(self, sql: &str, values: &impl Serialize) -> ApiResult<usize> {
        self.execute(sql, &self.params(values)?)
    }

    /// A query of the resource's own for at most one row.
    pub(crate) fn find<T: DeserializeOwned>(
        self,
        sql: &str,
        values: &impl Serialize,
    ) -> ApiResult<Option<T>> {
        self.first(sql, &self.params(values)?)
    }

    fn first<T: DeserializeOwned>(self, sql: &str, params: &NamedParamSlice) -> ApiResult<Option<T>> {
        query_one(self.connection, sql, params.to_slice().as_slice())
    }

    fn execute(self, sql: &str, params: &NamedParamSlice) -> ApiResult<usize> {
        Ok(self.connection.prepare_cached(sql)?.execute(params.to_slice().as_slice())?)
    }

    fn params(self, values: &impl Serialize) -> ApiResult<NamedParamSlice> {
        let mut params = to_params_named(values)?;
        push(&mut params, ":organisation_id", self.organisation_id);
        Ok(params)
    }

    fn params_with_id(self, values: &impl Serialize, id: i64) -> ApiResult<NamedParamSlice> {
        let mut params = self.params(values)?;
        push(&mut params, ":id", id);
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

fn absent<T: Entity>(id: i64) -> ApiError {
    ApiError::NotFound(format!("there is no {} {id}", T::NOUN))
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
