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

/// The places of a text, found without reading it again for each: for stages that make many spans of one file.
///
/// ```
/// use scopewright_model::{LineIndex, Position};
/// let index = LineIndex::new("é\nbc");
/// assert_eq!(index.position(4), Position::of_offset("é\nbc", 4));
/// ```
#[derive(Debug, Clone)]
pub struct LineIndex {
    length: usize,
    /// Byte offsets at which lines begin, the first is 0.
    line_starts: Vec<usize>,
    /// Byte offsets inside a character (its bytes after the first), sorted.
    inner_bytes: Vec<usize>,
}

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let bytes = || text.bytes().enumerate();
        let after_newline = bytes().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self {
            length: text.len(),
            line_starts: std::iter::once(0).chain(after_newline).collect(),
            inner_bytes: bytes().filter(|(_, byte)| (byte & 0xC0) == 0x80).map(|(at, _)| at).collect(),
        }
    }

    /// The place of a byte offset. An offset past the end is the end, one inside a character is that character.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.length);
        while self.inner_bytes.binary_search(&offset).is_ok() {
            offset -= 1;
        }
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let line_start = line.checked_sub(1).and_then(|at| self.line_starts.get(at)).copied().unwrap_or(0);
        let inner_before = |offset| self.inner_bytes.partition_point(|at| *at < offset);
        let column = offset - line_start - (inner_before(offset) - inner_before(line_start)) + 1;
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: narrow(line), column: narrow(column) }
    }

    /// The span of a byte range.
    pub fn span(&self, file: &Arc<str>, range: std::ops::Range<usize>) -> Span {
        Span {
            file: Arc::clone(file),
            start: self.position(range.start),
            end: self.position(range.end.max(range.start)),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_agrees_with_reading_the_text() {
        for text in ["", "\n", "a\nbc\n", "é\nñandú x\n\n漢字 = 1", "no end"] {
            let index = LineIndex::new(text);
            for offset in 0..text.len() + 2 {
                assert_eq!(index.position(offset), Position::of_offset(text, offset), "{text:?} at {offset}");
            }
        }
    }
}
