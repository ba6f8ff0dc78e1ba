//! Rows of one organisation: the statements every resource shares.
//!
//! INVARIANT: every statement built here names the organisation, so no caller can see or touch another's rows.
//! Names of tables and columns come from types in this program; what a caller sent is only ever bound as a parameter.

use example_groundwork::Refusal;
use example_groundwork::rows::Parameters;
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;

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
        let parameters = self.parameters(filter)?.with("cursor", page.cursor).with("limit", page.limit());
        Ok(Listing::cut(parameters.query_all(self.connection, &sql)?, page, Entity::id))
    }

    /// Every row that matches. Only for what is small by nature, such as the slots of one area.
    pub(crate) fn all<F: Filter>(self, filter: &F) -> ApiResult<Vec<F::Row>> {
        let sql = format!(
            "SELECT * FROM {} WHERE organisation_id = :organisation_id AND ({}) ORDER BY id",
            F::Row::TABLE,
            F::WHERE
        );
        Ok(self.parameters(filter)?.query_all(self.connection, &sql)?)
    }

    /// The row with this id, or a 404.
    pub(crate) fn get<T: Entity>(self, id: i64) -> ApiResult<T> {
        let sql = format!("SELECT * FROM {} WHERE organisation_id = :organisation_id AND id = :id", T::TABLE);
        self.with_id(id).query_one(self.connection, &sql)?.ok_or_else(|| absent::<T>(id))
    }

    /// Adds a row whose columns are the fields of `values`.
    pub(crate) fn insert<T: Entity>(self, values: &impl Serialize) -> ApiResult<T> {
        let row = self.parameters(values)?;
        let inserted = row.query_one(self.connection, &row.insert_into(T::TABLE))?;
        inserted.ok_or_else(|| ApiError::internal("an insert returned no row"))
    }

    /// Changes the columns that are fields of `changes`; a field that is not serialized stays as it is.
    pub(crate) fn update<T: Entity>(self, id: i64, changes: &impl Serialize) -> ApiResult<T> {
        let changes = Parameters::of(changes)?;
        let assignments = changes.assignments();
        if assignments.is_empty() {
            return self.get(id);
        }
        let sql = format!(
            "UPDATE {} SET {assignments} WHERE organisation_id = :organisation_id AND id = :id RETURNING *",
            T::TABLE
        );
        self.scoped(changes).with("id", id).query_one(self.connection, &sql)?.ok_or_else(|| absent::<T>(id))
    }

    /// Deletes a row, or says why it cannot go.
    pub(crate) fn remove<T: Entity>(self, id: i64) -> ApiResult<()> {
        let sql = format!("DELETE FROM {} WHERE organisation_id = :organisation_id AND id = :id", T::TABLE);
        match self.with_id(id).execute(self.connection, &sql) {
            Ok(0) => Err(absent::<T>(id)),
            Ok(_) => Ok(()),
            Err(Refusal::Reference(_)) => {
                Err(ApiError::Conflict(format!("the {} {id} is still in use", T::NOUN)))
            }
            Err(other) => Err(other.into()),
        }
    }

    /// A statement of the resource's own; `:organisation_id` is bound beside the fields of `values`.
    pub(crate) fn run(self, sql: &str, values: &impl Serialize) -> ApiResult<usize> {
        Ok(self.parameters(values)?.execute(self.connection, sql)?)
    }

    /// A query of the resource's own for at most one row.
    pub(crate) fn find<T: DeserializeOwned>(
        self,
        sql: &str,
        values: &impl Serialize,
    ) -> ApiResult<Option<T>> {
        Ok(self.parameters(values)?.query_one(self.connection, sql)?)
    }

    fn parameters(self, values: &impl Serialize) -> ApiResult<Parameters> {
        Ok(self.scoped(Parameters::of(values)?))
    }

    fn with_id(self, id: i64) -> Parameters {
        self.scoped(Parameters::default()).with("id", id)
    }

    fn scoped(self, parameters: Parameters) -> Parameters {
        parameters.with("organisation_id", self.organisation_id)
    }
}

fn absent<T: Entity>(id: i64) -> ApiError {
    ApiError::NotFound(format!("there is no {} {id}", T::NOUN))
}
