//! Types whose text is already legal Markdown: the only way user text reaches a template.
//!
//! GitHub Flavored Markdown 0.29: backslash escapes (section 6.1), code spans (6.3), tables (4.10).

use std::fmt;

/// Inline content: text that is shown as it was written, and code.
///
/// Printed as prose; a [`MdTable`] prints it as a cell, in which a `|` has to be escaped inside code too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MdInline(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Already escaped.
    Text(String),
    /// The code itself.
    Code(String),
}

impl MdInline {
    /// Words of ours, which are already Markdown.
    pub fn words(words: &'static str) -> Self {
        Self(vec![Piece::Text(words.to_owned())])
    }

    /// User text. Line breaks become blanks, so that it stays one paragraph. Of all markup only code between single
    /// backticks is understood, because people write it without thinking of markup.
    pub fn text(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let parts: Vec<&str> = text.split('`').collect();
        let has_code = parts.len() > 1
            && parts.len() % 2 == 1
            && parts.iter().skip(1).step_by(2).all(|code| !code.trim().is_empty());
        if !has_code {
            return Self(vec![Piece::Text(escaped(&text))]);
        }
        let piece = |(at, part): (usize, &&str)| {
            if at % 2 == 1 { Piece::Code((*part).to_owned()) } else { Piece::Text(escaped(part)) }
        };
        Self(parts.iter().enumerate().map(piece).collect())
    }

    /// Code.
    pub fn code(code: &str) -> Self {
        Self(vec![Piece::Code(code.to_owned())])
    }

    /// Several, one after the other.
    pub fn joined(parts: impl IntoIterator<Item = Self>, separator: &'static str) -> Self {
        let mut joined = Self::default();
        for part in parts {
            if !joined.0.is_empty() {
                joined.0.push(Piece::Text(separator.to_owned()));
            }
            joined.0.extend(part.0);
        }
        joined
    }

    /// This and then more.
    #[must_use]
    pub fn then(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn cell(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Code(code) => code_span(code).replace('|', "\\|"),
        };
        self.0.iter().map(piece).collect()
    }
}

impl fmt::Display for MdInline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => f.write_str(text),
            Piece::Code(code) => f.write_str(&code_span(code)),
        })
    }
}

/// Text with a backslash before everything that could be markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
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
    escaped
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

/// A code span, fenced with more backticks than the code holds in a row.
fn code_span(code: &str) -> String {
    let code = code.replace(['\r', '\n'], " ");
    if code.is_empty() {
        return "` `".to_owned();
    }
    let fence = "`".repeat(longest_run(&code, '`') + 1);
    // A blank on both sides is taken off again; it keeps a backtick, or a blank, of the code from being eaten.
    let needs_padding = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']);
    let padding = if needs_padding { " " } else { "" };
    format!("{fence}{padding}{code}{padding}{fence}")
}

/// A table. Columns without a single entry are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MdTable {
    header: Vec<MdInline>,
    rows: Vec<Vec<MdInline>>,
}

impl MdTable {
    /// A table with as many cells in each row as in the header.
    pub fn new(header: Vec<MdInline>, mut rows: Vec<Vec<MdInline>>) -> Self {
        let is_used: Vec<bool> = (0..header.len())
            .map(|column| rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty())))
            .collect();
        let keep_used = |cells: Vec<MdInline>| -> Vec<MdInline> {
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

fn write_row(f: &mut fmt::Formatter<'_>, cells: &[MdInline]) -> fmt::Result {
    f.write_str("|")?;
    cells.iter().try_for_each(|cell| write!(f, " {} |", cell.cell()))
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
        let shown = |text| MdInline::text(text).to_string();
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
    fn paired_backticks_are_code_and_a_lone_one_is_text() {
        assert_eq!(MdInline::text("use `a*b` and *c*").to_string(), "use `a*b` and \\*c\\*");
        assert_eq!(MdInline::text("a ` lone one").to_string(), "a \\` lone one");
        assert_eq!(MdInline::text("``").to_string(), "\\`\\`");
    }

    #[test]
    fn code_keeps_its_backticks_and_pipes() {
        assert_eq!(MdInline::code("a`b").to_string(), "``a`b``");
        assert_eq!(MdInline::code("`").to_string(), "`` ` ``");
        assert_eq!(MdInline::code("a|b").to_string(), "`a|b`");
        assert_eq!(MdInline::code("a|b").cell(), "`a\\|b`");
    }

    #[test]
    fn a_column_without_entries_is_left_out() {
        let cell = MdInline::words;
        let table = MdTable::new(vec![cell("A"), cell("B")], vec![vec![cell("1"), MdInline::default()]]);
        assert_eq!(table.to_string(), "| A |\n| --- |\n| 1 |");
    }

    #[test]
    fn a_comment_can_not_be_left() {
        assert!(!MdComment::new("a --> b").to_string().contains("--"));
    }
}
