//! The sources that findings point into, read when a renderer shows them.

use crate::file_system::FileSystem;
use scopewright_model::Position;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The texts of the files that findings are about, each read once.
pub struct Texts<'f> {
    files: &'f dyn FileSystem,
    read: RefCell<BTreeMap<String, Option<Rc<Text>>>>,
}

impl<'f> Texts<'f> {
    /// Texts from these files.
    pub const fn new(files: &'f dyn FileSystem) -> Self {
        Self { files, read: RefCell::new(BTreeMap::new()) }
    }

    /// The text of a file, if it can be shown.
    pub(super) fn get(&self, path: &str) -> Option<Rc<Text>> {
        let mut read = self.read.borrow_mut();
        let text = read
            .entry(path.to_owned())
            .or_insert_with(|| self.files.read_text(path).ok().map(|text| Rc::new(Text::new(text))));
        text.clone()
    }
}

/// A text and where its lines begin.
pub(super) struct Text {
    pub(super) contents: String,
    line_starts: Vec<usize>,
    /// Byte offsets inside a character (its bytes after the first), sorted: a line may be a megabyte long, and every
    /// finding asks for a place in it.
    inner_bytes: Vec<usize>,
}

impl Text {
    fn new(text: String) -> Self {
        let after_newline = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_newline).collect();
        let inner = text.bytes().enumerate().filter(|(_, byte)| (byte & 0xC0) == 0x80).map(|(at, _)| at);
        let inner_bytes = inner.collect();
        Self { contents: text, line_starts, inner_bytes }
    }

    /// The byte offset of a place. A place past the end of its line is that end, one past the text the text's end.
    pub(super) fn offset(&self, position: Position) -> usize {
        let start = self.line_start(position.line);
        let end = start + self.line(position.line).len();
        let column = usize::try_from(position.column.saturating_sub(1)).unwrap_or(usize::MAX);
        // The last byte that has no more than this many characters of the line before it.
        let (mut low, mut high) = (start, end);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if self.characters(start..middle) <= column {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        while !self.contents.is_char_boundary(low) {
            low -= 1;
        }
        low
    }

    /// How many characters begin in a range of bytes that begins with one.
    fn characters(&self, range: std::ops::Range<usize>) -> usize {
        let inner_before = |offset| self.inner_bytes.partition_point(|at| *at < offset);
        range.len() - (inner_before(range.end) - inner_before(range.start))
    }

    /// A line around a place in it, and the place, in characters from 1: both cut if the line is long.
    #[cfg(feature = "json")]
    pub(super) fn line_around(
        &self,
        line: u32,
        columns: std::ops::Range<u32>,
    ) -> (std::borrow::Cow<'_, str>, std::ops::Range<usize>) {
        let start = self.line_start(line);
        let offset = |column| self.offset(Position { line, column }) - start;
        super::excerpt::line_around(self.line(line), offset(columns.start)..offset(columns.end))
    }

    /// Where a line begins.
    pub(super) fn line_start(&self, line: u32) -> usize {
        let at = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
        self.line_starts.get(at).copied().unwrap_or(self.contents.len())
    }

    /// A line without its end.
    pub(super) fn line(&self, line: u32) -> &str {
        let (start, end) = (self.line_start(line), self.line_start(line.saturating_add(1)));
        self.contents.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_by_characters() {
        let text = Text::new("aé\u{1f600}b\r\nü\n".to_owned());
        let at = |line, column| text.offset(Position { line, column });
        assert_eq!([at(1, 1), at(1, 2), at(1, 3), at(1, 4), at(1, 5)], [0, 1, 3, 7, 8]);
        assert_eq!([at(1, 90), at(2, 1), at(2, 2), at(3, 1), at(9, 9)], [8, 10, 12, 13, 13]);
    }
}
