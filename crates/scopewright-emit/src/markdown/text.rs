//! Types whose text is already legal Markdown: the only way user text reaches a template.
//!
//! GitHub Flavored Markdown 0.29: backslash escapes (section 6.1), code spans (6.3), tables (4.10).

use std::fmt;

/// Inline text: shown as it was written, never markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MdText(String);

impl MdText {
    /// Escapes what could be markup. Line breaks become blanks, so that the text stays one paragraph.
    pub fn new(text: &str) -> Self {
        let mut escaped = String::with_capacity(text.len());
        let mut before = None;
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut rest = words.chars().peekable();
        while let Some(character) = rest.next() {
            let next = rest.peek().copied().unwrap_or('\n');
            // `1.` and `1)` at the start begin a list.
            let ends_number = matches!(character, '.' | ')')
                && next.is_whitespace()
                && !escaped.is_empty()
                && escaped.bytes().all(|byte| byte.is_ascii_digit());
            if ends_number || is_markup(before, character, next) {
                escaped.push('\\');
            }
            escaped.push(character);
            before = Some(character);
        }
        Self(escaped)
    }
}

impl fmt::Display for MdText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a character between its neighbours could begin or end markup. Escaping too much is harmless to the reader
/// of the page and a nuisance to the reader of the source, so harmless places are left alone.
fn is_markup(before: Option<char>, character: char, next: char) -> bool {
    let at_start = before.is_none();
    let inside_word = before.is_some_and(char::is_alphanumeric) && next.is_alphanumeric();
    match character {
        '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' => true,
        '_' => !inside_word,
        '&' => next == '#' || next.is_alphanumeric(),
        '#' | '+' | '-' | '=' | ':' => at_start,
        _ => false,
    }
}

/// A code span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MdCode(String);

impl MdCode {
    /// Fences the text with more backticks than it holds in a row.
    pub fn new(text: &str) -> Self {
        let text = text.replace(['\r', '\n'], " ");
        if text.is_empty() {
            return Self("` `".to_owned());
        }
        let fence = "`".repeat(longest_run(&text, '`') + 1);
        // A blank on both sides is taken off again; it keeps a backtick, or a blank, of the text from being eaten.
        let needs_padding = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
        let padding = if needs_padding { " " } else { "" };
        Self(format!("{fence}{padding}{text}{padding}{fence}"))
    }
}

impl fmt::Display for MdCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The content of a table cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MdCell(String);

impl MdCell {
    /// Words of ours, which hold no markup.
    pub fn words(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    /// User text.
    pub fn text(text: &str) -> Self {
        Self(MdText::new(text).0)
    }

    /// A code span; a table splits at every `|` that has no backslash, in code too.
    pub fn code(text: &str) -> Self {
        Self(MdCode::new(text).0.replace('|', "\\|"))
    }

    /// Cells one after the other.
    pub fn joined(parts: impl IntoIterator<Item = Self>, separator: &'static str) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect::<Vec<_>>().join(separator))
    }

    /// This and then more.
    #[must_use]
    pub fn then(mut self, more: &Self) -> Self {
        self.0.push_str(&more.0);
        self
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for MdCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A table. Columns without a single entry are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MdTable {
    header: Vec<MdCell>,
    rows: Vec<Vec<MdCell>>,
}

impl MdTable {
    /// A table with as many cells in each row as in the header.
    pub fn new(header: Vec<MdCell>, mut rows: Vec<Vec<MdCell>>) -> Self {
        let is_used: Vec<bool> = (0..header.len())
            .map(|column| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty())))
            .collect();
        let keep_used = |cells: Vec<MdCell>| -> Vec<MdCell> {
            cells.into_iter().zip(&is_used).filter(|(_, used)| **used).map(|(cell, _)| cell).collect()
        };
        for row in &mut rows {
            *row = keep_used(std::mem::take(row));
        }
        Self { header: keep_used(header), rows }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl fmt::Display for MdTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_row(f, &self.header)?;
        writeln!(f)?;
        f.write_str("|")?;
        for _ in &self.header {
            f.write_str(" --- |")?;
        }
        for row in &self.rows {
            writeln!(f)?;
            write_row(f, row)?;
        }
        Ok(())
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, cells: &[MdCell]) -> fmt::Result {
    f.write_str("|")?;
    cells.iter().try_for_each(|cell| write!(f, " {cell} |"))
}

/// A fenced block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MdFence {
    language: &'static str,
    code: String,
}

impl MdFence {
    /// Code in a language.
    pub const fn new(language: &'static str, code: String) -> Self {
        Self { language, code }
    }
}

impl fmt::Display for MdFence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fence = "`".repeat(longest_run(&self.code, '`').max(2) + 1);
        write!(f, "{fence}{}\n{}\n{fence}", self.language, self.code)
    }
}

/// Text inside `<!-- -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MdComment(String);

impl MdComment {
    /// Takes out what would end the comment.
    pub fn new(text: &str) -> Self {
        Self(text.replace(['\r', '\n'], " ").replace("--", "-\u{2010}").replace('>', "\u{203a}"))
    }
}

impl fmt::Display for MdComment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn longest_run(text: &str, wanted: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        let shown = |text| MdText::new(text).to_string();
        assert_eq!(shown("a*b*|c"), "a\\*b\\*\\|c");
        assert_eq!(shown("# no heading"), "\\# no heading");
        assert_eq!(shown("1. no list"), "1\\. no list");
        assert_eq!(shown("answered 403."), "answered 403.");
        assert_eq!(shown("snake_case _not_ emphasis"), "snake_case \\_not\\_ emphasis");
        assert_eq!(shown("two\n\nparagraphs"), "two paragraphs");
        assert_eq!(shown("R&D &amp; &#x41;"), "R\\&D \\&amp; \\&#x41;");
        assert_eq!(shown("ends with \\"), "ends with \\\\");
    }

    #[test]
    fn code_keeps_its_backticks() {
        assert_eq!(MdCode::new("a`b").to_string(), "``a`b``");
        assert_eq!(MdCode::new("`").to_string(), "`` ` ``");
        assert_eq!(MdCell::code("a|b").to_string(), "`a\\|b`");
    }

    #[test]
    fn a_column_without_entries_is_left_out() {
        let cell = MdCell::words;
        let table = MdTable::new(vec![cell("A"), cell("B")], vec![vec![cell("1"), MdCell::default()]]);
        assert_eq!(table.to_string(), "| A |\n| --- |\n| 1 |");
    }
}
