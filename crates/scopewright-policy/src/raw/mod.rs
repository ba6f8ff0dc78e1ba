//! The spanned raw form: values as they were written, each with its place, typed and nothing more.
//!
//! In: a TOML document. Out: raw tables whose unreadable or absent values are `None`, every reason already reported.

mod macros;
pub(crate) mod shape;
mod table;
mod values;

pub(crate) use macros::{raw_table, raw_words};
pub(crate) use shape::ValueShape;
pub(crate) use table::TableReader;
pub(crate) use values::{
    Date, FilePath, List, Many, Number, OneOrMore, Pattern, Text, Yes, quoted, read_word,
};

use crate::context::Context;
use scopewright_model::{Code, Diagnostic, Span, Spanned};
use std::ops::Range;
use toml::de::DeValue;

/// A type that is read from a TOML value.
pub(crate) trait Raw: Sized {
    /// What may be written.
    const SHAPE: ValueShape;

    /// The value, or none after reporting why there is none.
    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self>;
}

/// A value in the document, and how to speak of it.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a, 'i> {
    /// The value.
    pub(crate) value: &'a DeValue<'i>,
    /// Where it was written; for a table with a header the header.
    pub(crate) range: Range<usize>,
    /// Where it is found.
    pub(crate) path: Path,
}

/// Where a value is found in the document: `scopes."read:cameras".implies`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    /// The table's path as it stands in a header.
    table: String,
    /// The last step.
    last: Step,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// The document itself, or a table with a path.
    Table,
    /// An item of a list of tables.
    ListedTable,
    /// A key.
    Key(String),
    /// An item of the list behind a key.
    Item(String),
}

impl Path {
    /// The document.
    pub(crate) const fn document() -> Self {
        Self { table: String::new(), last: Step::Table }
    }

    /// The value behind `key` of this table.
    pub(crate) fn key(&self, key: &str) -> Self {
        Self { table: self.header_path(), last: Step::Key(key.to_owned()) }
    }

    /// An item of this list.
    fn item(&self) -> Self {
        let last = match &self.last {
            Step::Key(key) | Step::Item(key) => Step::Item(key.clone()),
            Step::Table | Step::ListedTable => Step::ListedTable,
        };
        Self { table: self.table.clone(), last }
    }

    /// The path as it would stand in a header.
    fn header_path(&self) -> String {
        match &self.last {
            Step::Table | Step::ListedTable => self.table.clone(),
            Step::Key(key) | Step::Item(key) if self.table.is_empty() => bare_or_quoted(key),
            Step::Key(key) | Step::Item(key) => format!("{}.{}", self.table, bare_or_quoted(key)),
        }
    }

    /// This value as a table.
    fn as_table(&self) -> Self {
        let last = if matches!(self.last, Step::Item(_)) { Step::ListedTable } else { Step::Table };
        Self { table: self.header_path(), last }
    }

    /// `` `[api]` ``, `` `[[families]]` `` or `the file`.
    pub(crate) fn table_title(&self) -> String {
        match self.last {
            Step::ListedTable => format!("`[[{}]]`", self.table),
            _ if self.table.is_empty() => "the file".to_owned(),
            _ => format!("`[{}]`", self.table),
        }
    }

    /// The key this value stands behind, or the table it is.
    pub(crate) fn title(&self) -> String {
        match &self.last {
            Step::Key(key) => format!("`{key}`"),
            Step::Item(key) => format!("an item of `{key}`"),
            Step::Table | Step::ListedTable => self.table_title(),
        }
    }
}

/// A key as TOML writes it.
pub(crate) fn bare_or_quoted(key: &str) -> String {
    let is_bare = !key.is_empty()
        && key.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'));
    if is_bare { key.to_owned() } else { quoted(key) }
}

impl Node<'_, '_> {
    /// The place of the value.
    pub(crate) fn span(&self, cx: &Context<'_>) -> Span {
        cx.span(self.range.clone())
    }

    /// Reports that the value is of the wrong kind; `expected` is a phrase such as `a text`.
    pub(crate) fn wrong_kind(&self, expected: &str, help: &str, cx: &mut Context<'_>) {
        let found = match self.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(date) if date.time.is_some() => "a point in time",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("{} must be {expected}, not {found}", self.path.title());
        cx.report(
            Diagnostic::new(Code::InvalidValue, message, self.span(cx), format!("this is {found}"))
                .help(help),
        );
    }

    /// Reports a value that is of the right kind and not allowed.
    pub(crate) fn invalid(
        &self,
        message: String,
        label: &str,
        help: impl Into<String>,
        cx: &mut Context<'_>,
    ) {
        cx.report(Diagnostic::new(Code::InvalidValue, message, self.span(cx), label).help(help));
    }

    /// The text, or none after reporting that it is something else or blank.
    pub(crate) fn text(&self, cx: &mut Context<'_>) -> Option<&str> {
        match self.value {
            DeValue::String(text) if text.trim().is_empty() => {
                let message = format!("{} is blank", self.path.title());
                self.invalid(
                    message,
                    "says nothing",
                    "write the text, or leave the key out if it may be",
                    cx,
                );
                None
            }
            DeValue::String(text) => Some(text),
            _ => {
                self.wrong_kind("a text", "write it in quotes", cx);
                None
            }
        }
    }
}

/// A value behind a fixed key, and where both were written.
#[derive(Debug, Clone)]
pub(crate) struct Field<T> {
    /// The key.
    pub(crate) key: Span,
    /// The value's place.
    pub(crate) span: Span,
    /// The value.
    pub(crate) value: T,
}

impl<T> Field<T> {
    /// The value with its place.
    pub(crate) fn spanned(self) -> Spanned<T> {
        Spanned::new(self.value, self.span)
    }
}

/// A value behind a name the user chose.
#[derive(Debug)]
pub(crate) struct Entry<T> {
    /// The name.
    pub(crate) name: String,
    /// The name's place.
    pub(crate) key: Span,
    /// The value's place; for a table with a header the header.
    pub(crate) span: Span,
    /// The value, none if it can't be read. The name is declared all the same.
    pub(crate) value: Option<T>,
}

/// All values of a table whose keys are names, in the order of the file.
#[derive(Debug)]
pub(crate) struct Entries<T>(pub(crate) Vec<Entry<T>>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// A type that stands behind names the user chooses.
pub(crate) trait Named: Raw {
    /// An ECMA 262 pattern for the names.
    const NAMES: &'static str;
}

impl<T: Named> Raw for Entries<T> {
    const SHAPE: ValueShape = ValueShape::Entries { names: T::NAMES, value: &T::SHAPE };

    fn read(node: &Node<'_, '_>, cx: &mut Context<'_>) -> Option<Self> {
        let DeValue::Table(table) = node.value else {
            let title = node.path.header_path();
            node.wrong_kind(
                "a table of names",
                &format!("write `[{title}.NAME]`, or `NAME = ..` under `[{title}]`"),
                cx,
            );
            return None;
        };
        let path = node.path.as_table();
        let entries = table.iter().map(|(key, value)| {
            let node = Node { value: value.get_ref(), range: value.span(), path: path.key(key.get_ref()) };
            Entry {
                name: key.get_ref().clone().into_owned(),
                key: cx.span(key.span()),
                span: node.span(cx),
                value: T::read(&node, cx),
            }
        });
        Some(Self(entries.collect()))
    }
}
