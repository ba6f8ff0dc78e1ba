//! Rows of one workspace: the statements every resource shares.
//!
//! INVARIANT: every statement built here names the workspace, so no caller can see or touch another's rows. Names of
//! tables and columns come from types in this program; what a caller sent is only ever bound as a parameter.

use example_groundwork::Refusal;
use example_groundwork::rows::{Parameters, query_one};
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;

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
        let parameters = self.scoped(Parameters::of(filter)?);
        let parameters = parameters.with("cursor", page.cursor.clone()).with("limit", page.limit());
        Ok(Listing::cut(parameters.query_all(self.connection, &sql)?, page, Entity::id))
    }

    /// The row with this id, or a 404.
    pub(crate) fn get<T: Entity>(self, id: &str) -> ApiResult<T> {
        let sql = format!("SELECT * FROM {} WHERE workspace = ?1 AND id = ?2", T::TABLE);
        query_one(self.connection, &sql, [self.workspace, id])?.ok_or_else(|| absent::<T>(id))
    }

    /// Adds a row whose columns are the fields of `values`.
    pub(crate) fn insert<T: Entity>(self, values: &impl Serialize) -> ApiResult<T> {
        let row = self.scoped(Parameters::of(values)?);
        let inserted = row.query_one(self.connection, &row.insert_into(T::TABLE))?;
        inserted.ok_or_else(|| ApiError::internal("an insert returned no row"))
    }

    /// Changes the columns that are fields of `changes`; a field that is not serialized stays as it is.
    pub(crate) fn update<T: Entity>(self, id: &str, changes: &impl Serialize) -> ApiResult<T> {
        let changes = Parameters::of(changes)?;
        let assignments = changes.assignments();
        if assignments.is_empty() {
            return self.get(id);
        }
        let sql = format!(
            "UPDATE {} SET {assignments} WHERE workspace = :workspace AND id = :id RETURNING *",
            T::TABLE
        );
        let parameters = self.scoped(changes).with("id", id.to_owned());
        parameters.query_one(self.connection, &sql)?.ok_or_else(|| absent::<T>(id))
    }

    /// Deletes a row, or says why it cannot go.
    pub(crate) fn remove<T: Entity>(self, id: &str) -> ApiResult<()> {
        let sql = format!("DELETE FROM {} WHERE workspace = ?1 AND id = ?2", T::TABLE);
        match self.connection.prepare_cached(&sql)?.execute([self.workspace, id]).map_err(Refusal::from) {
            Ok(0) => Err(absent::<T>(id)),
            Ok(_) => Ok(()),
            Err(Refusal::Reference(_)) => {
                Err(ApiError::Conflict(format!("the {} `{id}` is still in use", T::NOUN)))
            }
            Err(other) => Err(other.into()),
        }
    }

    fn scoped(self, parameters: Parameters) -> Parameters {
        parameters.with("workspace", self.workspace.to_owned())
    }
}

fn absent<T: Entity>(id: &str) -> ApiError {
    ApiError::NotFound(format!("there is no {} `{id}`", T::NOUN))
}
