//! Rows of one organisation: what every resource does with its table.
//!
//! INVARIANT: every statement here names the organisation, so that no caller can see or touch another's rows. Names of
//! tables and columns come from types in this program; what a caller sent is only ever bound as a parameter.

use example_groundwork::rows::Parameters;
use rusqlite::Connection;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{ApiError, ApiResult};
use crate::page::{Listing, Page};

/// A type whose fields are columns of one table.
pub(crate) trait Resource: DeserializeOwned + Serialize + Send + 'static {
    /// What one of them is called in a message.
    const NOUN: &'static str;
    /// Where they are kept.
    const TABLE: &'static str;

    /// The row's `id`, which is also its place in a list.
    fn id(&self) -> i64;
}

/// Makes a type with an `id` a [`Resource`]: `resource!(Issue, "issue" in "issues")`.
macro_rules! resource {
    ($row:ty, $noun:literal in $table:literal) => {
        impl $crate::database::Resource for $row {
            const NOUN: &'static str = $noun;
            const TABLE: &'static str = $table;

            fn id(&self) -> i64 {
                self.id
            }
        }
    };
}
pub(crate) use resource;

/// What narrows a list; each field is bound to the parameter of its name.
pub(crate) trait Filter: Serialize + Send + 'static {
    /// What is listed.
    type Row: Resource;
    /// A condition over the columns of the row that names every field of the filter.
    const WHERE: &'static str;
}

/// The rows of one organisation.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'connection> {
    connection: &'connection Connection,
    organisation_id: i64,
}

impl<'connection> Rows<'connection> {
    pub(crate) const fn new(connection: &'connection Connection, organisation_id: i64) -> Self {
        Self { connection, organisation_id }
    }

    /// For a statement of a resource's own, and the id that it has to name.
    pub(crate) const fn parts(self) -> (&'connection Connection, i64) {
        (self.connection, self.organisation_id)
    }

    /// One page of the rows that match, oldest first.
    pub(crate) fn list<F: Filter>(self, filter: &F, page: Page) -> ApiResult<Listing<F::Row>> {
        let sql = format!(
            "SELECT * FROM {} WHERE organisation_id = :organisation_id
             AND (:after IS NULL OR id > :after) AND ({}) ORDER BY id LIMIT :limit + 1",
            F::Row::TABLE,
            F::WHERE,
        );
        let parameters = self.scoped(Parameters::of(filter)?);
        let parameters = parameters.with("after", page.after).with("limit", page.limit());
        Ok(Listing::cut(parameters.query_all(self.connection, &sql)?, page, Resource::id))
    }

    /// The row with this id, or a 404.
    pub(crate) fn get<T: Resource>(self, id: i64) -> ApiResult<T> {
        let sql = format!("SELECT * FROM {} WHERE organisation_id = :organisation_id AND id = :id", T::TABLE);
        let parameters = self.scoped(Parameters::default()).with("id", id);
        parameters.query_one(self.connection, &sql)?.ok_or_else(|| ApiError::not_found(T::NOUN, id))
    }

    /// Adds a row whose columns are the fields of `values`.
    pub(crate) fn insert<T: Resource>(self, values: &impl Serialize) -> ApiResult<T> {
        let row = self.scoped(Parameters::of(values)?);
        let inserted = row.query_one(self.connection, &row.insert_into(T::TABLE))?;
        inserted.ok_or_else(|| ApiError::internal("an insert returned no row"))
    }

    /// Changes the columns that are fields of `changes`; a field that is not serialized stays as it is.
    pub(crate) fn update<T: Resource>(self, id: i64, changes: &impl Serialize) -> ApiResult<T> {
        let changes = Parameters::of(changes)?;
        let assignments = changes.assignments();
        if assignments.is_empty() {
            return self.get(id);
        }
        let sql = format!(
            "UPDATE {} SET {assignments} WHERE organisation_id = :organisation_id AND id = :id RETURNING *",
            T::TABLE
        );
        let parameters = self.scoped(changes).with("id", id);
        parameters.query_one(self.connection, &sql)?.ok_or_else(|| ApiError::not_found(T::NOUN, id))
    }

    /// A query of a resource's own; `:organisation_id` is bound beside the fields of `values`.
    pub(crate) fn select<T: DeserializeOwned>(self, sql: &str, values: &impl Serialize) -> ApiResult<Vec<T>> {
        Ok(self.scoped(Parameters::of(values)?).query_all(self.connection, sql)?)
    }

    fn scoped(self, parameters: Parameters) -> Parameters {
        parameters.with("organisation_id", self.organisation_id)
    }
}
