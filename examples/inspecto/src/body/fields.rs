//! Reading an object member by member, and remembering all that is wrong with it.

use rusqlite::types::Value as Column;
use serde_json::{Map, Value};

use crate::error::{ApiError, Problem};
use crate::values::Readable;

/// A body or a query: how it is read, and what of it is stored.
pub(crate) trait Shape: Sized + Send + 'static {
    /// Takes its members. None if one of them is missing or wrong, which `fields` then remembers.
    fn read(fields: &mut Fields) -> Option<Self>;

    /// The columns it sets.
    fn columns(&self) -> Columns {
        Columns::default()
    }
}

/// A member of a partial update that can also be emptied.
#[derive(Clone, Debug)]
pub(crate) enum Change<T> {
    Keep,
    Clear,
    Set(T),
}

impl<T> Change<T> {
    /// What is there after the change.
    pub(crate) fn after<'a, V: ?Sized>(
        &'a self,
        before: Option<&'a V>,
        value: impl FnOnce(&'a T) -> &'a V,
    ) -> Option<&'a V> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(new) => Some(value(new)),
        }
    }
}

/// The members of one object. What is left when all were taken is unknown, and a problem.
#[derive(Debug)]
pub(crate) struct Fields {
    members: Map<String, Value>,
    problems: Vec<Problem>,
    /// What stands before a member's name in a report, such as `items[2].`.
    place: String,
    /// Whether the members are the texts of a query.
    is_query: bool,
}

impl Fields {
    /// The members of a body.
    pub(crate) fn of_body(members: Map<String, Value>) -> Self {
        Self { members, problems: Vec::new(), place: String::new(), is_query: false }
    }

    /// The parameters of a query; one that stands there twice is a problem.
    pub(crate) fn of_query(pairs: Vec<(String, String)>) -> Self {
        let mut fields = Self { is_query: true, ..Self::of_body(Map::new()) };
        for (name, text) in pairs {
            if fields.members.insert(name.clone(), Value::String(text)).is_some() {
                fields.report(&name, "must be given once");
            }
        }
        fields
    }

    /// The members of an object within this one.
    pub(crate) fn within(&self, members: Map<String, Value>, place: &str) -> Self {
        Self { place: format!("{}{place}.", self.place), ..Self::of_body(members) }
    }

    pub(crate) fn report(&mut self, name: &str, message: impl Into<String>) {
        self.problems.push(Problem { field: format!("{}{name}", self.place), message: message.into() });
    }

    /// Takes over what is wrong with an object within this one, unknown members included.
    pub(crate) fn absorb(&mut self, mut inner: Self) {
        inner.report_unknown();
        self.problems.append(&mut inner.problems);
    }

    /// Whether a member is there, and not taken yet.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// Takes a member as it is; none if it is not there or null.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.members.shift_remove(name).filter(|value| !value.is_null())
    }

    pub(crate) fn required<T: Readable>(&mut self, name: &str) -> Option<T> {
        let Some(value) = self.take(name) else {
            self.report(name, "must be given");
            return None;
        };
        self.value(name, &value)
    }

    #[expect(clippy::option_option, reason = "the outer one says whether it could be read")]
    pub(crate) fn optional<T: Readable>(&mut self, name: &str) -> Option<Option<T>> {
        match self.take(name) {
            Some(value) => self.value(name, &value).map(Some),
            None => Some(None),
        }
    }

    #[expect(clippy::option_option, reason = "the outer one says whether it could be read")]
    pub(crate) fn beside<T: Readable>(&mut self, name: &str) -> Option<Option<T>> {
        self.optional(name)
    }

    #[expect(clippy::option_option, reason = "the outer one says whether it could be read")]
    pub(crate) fn change<T: Readable>(&mut self, name: &str) -> Option<Option<T>> {
        match self.members.shift_remove(name) {
            Some(value) => self.value(name, &value).map(Some),
            None => Some(None),
        }
    }

    pub(crate) fn nullable<T: Readable>(&mut self, name: &str) -> Option<Change<T>> {
        match self.members.shift_remove(name) {
            None => Some(Change::Keep),
            Some(Value::Null) => Some(Change::Clear),
            Some(value) => self.value(name, &value).map(Change::Set),
        }
    }

    /// Ends the reading of the whole: what was read, if nothing was wrong and nothing is left.
    pub(crate) fn finish<T>(mut self, read: Option<T>) -> Result<T, ApiError> {
        self.report_unknown();
        match read {
            Some(read) if self.problems.is_empty() => Ok(read),
            _ => Err(ApiError::Invalid(self.problems)),
        }
    }

    fn value<T: Readable>(&mut self, name: &str, value: &Value) -> Option<T> {
        let read = match value {
            Value::String(text) if self.is_query => T::read_text(text),
            value => T::read(value),
        };
        read.map_err(|message| self.report(name, message)).ok()
    }

    fn report_unknown(&mut self) {
        for (name, _) in std::mem::take(&mut self.members) {
            self.report(&name, "is not known here");
        }
    }
}

/// Names of columns and what is stored in them. The names come from types in this program only.
#[derive(Debug, Default)]
pub(crate) struct Columns(pub(crate) Vec<(&'static str, Column)>);

#[expect(clippy::ref_option, reason = "one macro hands on every member alike")]
impl Columns {
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<Column>) {
        self.0.push((name, value.into()));
    }

    pub(crate) fn required(&mut self, name: &'static str, value: &impl Readable) {
        self.set(name, value.column());
    }

    pub(crate) fn optional<T: Readable>(&mut self, name: &'static str, value: &Option<T>) {
        self.set(name, value.as_ref().map_or(Column::Null, Readable::column));
    }

    #[expect(clippy::unused_self, reason = "one method for each kind of member")]
    pub(crate) fn beside<T>(&mut self, _: &'static str, _: &Option<T>) {}

    pub(crate) fn change<T: Readable>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    pub(crate) fn nullable<T: Readable>(&mut self, name: &'static str, value: &Change<T>) {
        match value {
            Change::Keep => {}
            Change::Clear => self.set(name, Column::Null),
            Change::Set(value) => self.required(name, value),
        }
    }
}
