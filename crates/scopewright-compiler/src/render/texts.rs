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
    pub(super) text: String,
    line_starts: Vec<usize>,
}

impl Text {
    fn new(text: String) -> Self {
        let after_newline = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_newline).collect();
        Self { text, line_starts }
    }

    /// The byte offset of a place. A place past the end of its line is that end, one past the text the text's end.
    pub(super) fn offset(&self, position: Position) -> usize {
        let start = self.line_start(position.line);
        let line = self.line(position.line);
        let column = usize::try_from(position.column.saturating_sub(1)).unwrap_or(usize::MAX);
        start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
    }

    /// Where a line begins.
    pub(super) fn line_start(&self, line: u32) -> usize {
        let at = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
        self.line_starts.get(at).copied().unwrap_or(self.text.len())
    }

    /// A line without its end.
    pub(super) fn line(&self, line: u32) -> &str {
        let (start, end) = (self.line_start(line), self.line_start(line.saturating_add(1)));
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }
}
