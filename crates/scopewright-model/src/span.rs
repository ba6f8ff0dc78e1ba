//! Places in source files.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A place in a text: line and column count from 1, columns in characters (what editors show).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Position {
    /// The place of a byte offset in `text`. An offset past the end is the end.
    ///
    /// ```
    /// use scopewright_model::Position;
    /// assert_eq!(Position::of_offset("a\nbc", 3), Position { line: 2, column: 2 });
    /// ```
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = text.get(..offset).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { line: narrow(line), column: narrow(column) }
    }
}

/// A stretch of one file, end exclusive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Path as it is shown to people: relative to the directory the run is about, with `/` between parts.
    pub file: Arc<str>,
    /// First character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

impl Span {
    /// The whole file, for findings that have no better place.
    pub fn file_start(file: &str) -> Self {
        let start = Position { line: 1, column: 1 };
        Self { file: file.into(), start, end: start }
    }

    /// The span of a byte range in `text`.
    pub fn of_range(file: &Arc<str>, text: &str, range: std::ops::Range<usize>) -> Self {
        Self {
            file: Arc::clone(file),
            start: Position::of_offset(text, range.start),
            end: Position::of_offset(text, range.end),
        }
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.start.line, self.start.column)
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}
