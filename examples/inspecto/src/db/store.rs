//! Rows: the statements every resource shares.
//!
//! INVARIANT: names of tables and columns come from types in this program; what a caller sent is only ever bound as a
//! parameter.

use example_groundwork::rows::{query_all, query_one};
use rusqlite::types::Value as Column;
use rusqlite::{Connection, ToSql};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::body::{Columns, Query, Shape};
use crate::error::{ApiError, ApiResult, Problem};
use crate::page::{Listing, Page};

/// A type whose fields are columns of one table or view.
pub(crate) trait Entity: DeserializeOwned + Serialize + Send + 'static {
    /// What one of them is called in a message.
    const NOUN: &'static str;
    /// What is written to.
    const TABLE: &'static str;
    /// What is read: the table, or a view with more in it.
    const VIEW: &'static str = Self::TABLE;
    /// The columns that no two rows share, in words.
    const IDENTITY: &'static str = "identity";

    /// The row's `id`, which is also its place in a list.
    fn id(&self) -> i64;
}

/// Makes a type with an `id` field an [`Entity`]: `entity!(Damage, "damage" => "damages")`.
macro_rules! entity {
    ($row:ty, $noun:literal => $table:literal $(, view = $view:literal)? $(, identity = $identity:literal)?) => {
        impl $crate::db::Entity for $row {
            const NOUN: &'static str = $noun;
            const TABLE: &'static str = $table;
            $(const VIEW: &'static str = $view;)?
            $(const IDENTITY: &'static str = $identity;)?

            fn id(&self) -> i64 {
                self.id
            }
        }
    };
}
pub(crate) use entity;

/// What narrows a list. Each member that is given is a condition.
pub(crate) trait Filter: Shape {
    /// What is listed.
    type Row: Entity;

    /// The condition of a member; equality with the column of its name, unless it is another.
    fn condition(member: &str) -> String {
        format!("{member} = :{member}")
    }
}

/// Rows, by one connection.
#[derive(Clone, Copy)]
pub(crate) struct Store<'connection>(pub(crate) &'connection Connection);

impl Store<'_> {
    /// One page of the rows that match.
    pub(crate) fn list<F: Filter>(self, query: &Query<F>) -> ApiResult<Listing<F::Row>> {
        self.list_of(&query.filter, query.page, &[])
    }

    /// One page of the rows that match and have these values in these columns.
    pub(crate) fn list_of<F: Filter>(
        self,
        filter: &F,
        page: Page,
        fixed: &[(&'static str, i64)],
    ) -> ApiResult<Listing<F::Row>> {
        let mut columns = filter.columns();
        columns.0.retain(|(_, value)| *value != Column::Null);
        let given = columns.0.iter().map(|(name, _)| F::condition(name));
        let fixed_conditions = fixed.iter().map(|(name, _)| format!("{name} = :{name}"));
        let conditions: Vec<String> =
            given.chain(fixed_conditions).chain(["id > :after".to_owned()]).collect();
        let sql = format!(
            "SELECT * FROM {} WHERE {} ORDER BY id LIMIT :limit + 1",
            F::Row::VIEW,
            conditions.join(" AND "),
        );
        for (name, value) in fixed {
            columns.set(name, *value);
        }
        columns.set("after", page.after());
        columns.set("limit", page.limit());
        let rows = query_all(self.0, &sql, by_name(&named(&columns)).as_slice())?;
        Ok(Listing::cut(rows, page, Entity::id))
    }

    /// The row with this id, or a 404.
    pub(crate) fn get<T: Entity>(self, id: i64) -> ApiResult<T> {
        let sql = format!("SELECT * FROM {} WHERE id = ?1", T::VIEW);
        query_one(self.0, &sql, [id])?.ok_or_else(|| absent::<T>(id))
    }

    /// Adds a row.
    pub(crate) fn insert<T: Entity>(self, columns: &Columns) -> ApiResult<T> {
        let join = |each: &dyn Fn(&str) -> String| {
            columns.0.iter().map(|(name, _)| each(name)).collect::<Vec<_>>().join(", ")
        };
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({})",
            T::TABLE,
            join(&str::to_owned),
            join(&|name| format!(":{name}")),
        );
        self.execute(&sql, columns).map_err(taken::<T>)?;
        self.get(self.0.last_insert_rowid())
    }

    /// Changes these columns of a row that is there.
    pub(crate) fn update<T: Entity>(self, id: i64, mut columns: Columns) -> ApiResult<T> {
        let own = columns.0.iter().map(|(name, _)| format!("{name} = :{name}"));
        let touched = "updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')".to_owned();
        let assignments: Vec<String> = own.chain([touched]).collect();
        let sql = format!("UPDATE {} SET {} WHERE id = :id", T::TABLE, assignments.join(", "));
        columns.set("id", id);
        match self.execute(&sql, &columns).map_err(taken::<T>)? {
            0 => Err(absent::<T>(id)),
            _ => self.get(id),
        }
    }

    /// Deletes a row, or says that it cannot go.
    pub(crate) fn remove<T: Entity>(self, id: i64) -> ApiResult<()> {
        let sql = format!("DELETE FROM {} WHERE id = :id", T::TABLE);
        let mut columns = Columns::default();
        columns.set("id", id);
        match self.execute(&sql, &columns) {
            Ok(0) => Err(absent::<T>(id)),
            Ok(_) => Ok(()),
            Err(ApiError::Conflict(_)) => {
                Err(ApiError::Conflict(format!("The {} {id} is still in use", T::NOUN)))
            }
            Err(other) => Err(other),
        }
    }

    fn execute(self, sql: &str, columns: &Columns) -> ApiResult<usize> {
        Ok(self.0.prepare_cached(sql)?.execute(by_name(&named(columns)).as_slice())?)
    }
}

/// Checks that rows a body refers to are there, and reports all that are not.
pub(crate) struct References<'connection> {
    store: Store<'connection>,
    problems: Vec<Problem>,
}

impl<'connection> References<'connection> {
    pub(crate) fn of(store: Store<'connection>) -> Self {
        Self { store, problems: Vec::new() }
    }

    /// The row that the member `field` names.
    pub(crate) fn find<T: Entity>(&mut self, field: &str, id: i64) -> ApiResult<Option<T>> {
        match self.store.get::<T>(id) {
            Ok(row) => Ok(Some(row)),
            Err(ApiError::NotFound(_)) => {
                self.report(field, format!("there is no {} {id}", T::NOUN));
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    pub(crate) fn report(&mut self, field: &str, message: impl Into<String>) {
        self.problems.push(Problem { field: field.to_owned(), message: message.into() });
    }

    /// Takes over what something else found.
    pub(crate) fn absorb(&mut self, mut problems: Vec<Problem>) {
        self.problems.append(&mut problems);
    }

    pub(crate) fn finish(self) -> ApiResult<()> {
        if self.problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid(self.problems)) }
    }
}

fn absent<T: Entity>(id: i64) -> ApiError {
    ApiError::NotFound(format!("There is no {} {id}", T::NOUN))
}

fn taken<T: Entity>(error: ApiError) -> ApiError {
    match error {
        ApiError::Conflict(_) => {
            ApiError::Conflict(format!("There is another {} with this {}", T::NOUN, T::IDENTITY))
        }
        other => other,
    }
}

/// The columns as named parameters.
fn named(columns: &Columns) -> Vec<(String, &dyn ToSql)> {
    columns.0.iter().map(|(name, value)| (format!(":{name}"), value as &dyn ToSql)).collect()
}

/// The form in which a statement takes them.
fn by_name<'p>(params: &'p [(String, &'p dyn ToSql)]) -> Vec<(&'p str, &'p dyn ToSql)> {
    params.iter().map(|(name, value)| (name.as_str(), *value)).collect()
}
