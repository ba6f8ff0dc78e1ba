//! Rows of one organisation: what every resource does with its table.
//!
//! INVARIANT: every statement here names the organisation, so that no caller can see or touch another's rows. Names of
//! tables and columns come from types in this program; what a caller sent is only ever bound as a parameter.

use rusqlite::{Connection, ToSql};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_rusqlite::{NamedParamSlice, to_params_named};

use super::{query_all, query_one};
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

/// No fields.
#[derive(Serialize)]
struct Nothing {}

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
        let mut params = self.params(filter)?;
        bind(&mut params, ":after", page.after);
        bind(&mut params, ":limit", page.limit());
        Ok(Listing::cut(self.query(&sql, &params)?, page, Resource::id))
    }

    /// The row with this id, or a 404.
    pub(crate) fn get<T: Resource>(self, id: i64) -> ApiResult<T> {
        let sql = format!("SELECT * FROM {} WHERE organisation_id = :organisation_id AND id = :id", T::TABLE);
        let mut params = self.params(&Nothing {})?;
        bind(&mut params, ":id", id);
        self.first(&sql, &params)?.ok_or_else(|| ApiError::not_found(T::NOUN, id))
    }

    /// Adds a row whose columns are the fields of `values`.
    pub(crate) fn insert<T: Resource>(self, values: &impl Serialize) -> ApiResult<T> {
        let params = self.params(values)?;
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({}) RETURNING *",
            T::TABLE,
            names(&params, |name| name.trim_start_matches(':').to_owned()),
            names(&params, str::to_owned)
        );
        self.first(&sql, &params)?.ok_or_else(|| ApiError::internal("an insert returned no row"))
    }

    /// Changes the columns that are fields of `changes`; a field that is not serialized stays as it is.
    pub(crate) fn update<T: Resource>(self, id: i64, changes: &impl Serialize) -> ApiResult<T> {
        let columns = to_params_named(changes)?;
        if columns.is_empty() {
            return self.get(id);
        }
        let sql = format!(
            "UPDATE {} SET {} WHERE organisation_id = :organisation_id AND id = :id RETURNING *",
            T::TABLE,
            names(&columns, |name| format!("{} = {name}", name.trim_start_matches(':')))
        );
        let mut params = self.params(changes)?;
        bind(&mut params, ":id", id);
        self.first(&sql, &params)?.ok_or_else(|| ApiError::not_found(T::NOUN, id))
    }

    /// A query of a resource's own; `:organisation_id` is bound beside the fields of `values`.
    pub(crate) fn select<T: DeserializeOwned>(self, sql: &str, values: &impl Serialize) -> ApiResult<Vec<T>> {
        self.query(sql, &self.params(values)?)
    }

    fn query<T: DeserializeOwned>(self, sql: &str, params: &NamedParamSlice) -> ApiResult<Vec<T>> {
        query_all(self.connection, sql, params.to_slice().as_slice())
    }

    fn first<T: DeserializeOwned>(self, sql: &str, params: &NamedParamSlice) -> ApiResult<Option<T>> {
        query_one(self.connection, sql, params.to_slice().as_slice())
    }

    fn params(self, values: &impl Serialize) -> ApiResult<NamedParamSlice> {
        let mut params = to_params_named(values)?;
        bind(&mut params, ":organisation_id", self.organisation_id);
        Ok(params)
    }
}

fn bind(params: &mut NamedParamSlice, name: &str, value: impl ToSql + 'static) {
    params.push((name.to_owned(), Box::new(value)));
}

fn names(params: &NamedParamSlice, each: impl Fn(&str) -> String) -> String {
    params.iter().map(|(name, _)| each(name)).collect::<Vec<_>>().join(", ")
}
