//! Text to TOML with places: every syntax error the parser can go on after.
//!
//! A name that is declared twice does not make the rest unreadable, so it is a finding of its own and reading goes
//! on. After any other syntax error the document is not looked at further: what stands behind it may be misread.

use crate::context::Context;
use scopewright_model::{Code, Diagnostic, Span};
use std::ops::Range;
use toml::de::{DeTable, Error};

/// For how many duplicates the first declaration is looked up, which reads the file again each time.
const MOST_SEARCHES: u32 = 100;

/// The document, or none if it is no TOML.
pub(crate) fn parse<'a>(cx: &mut Context<'a>) -> Option<DeTable<'a>> {
    let (document, errors) = DeTable::parse_recoverable(cx.text());
    let mut is_readable = true;
    let mut duplicates = Duplicates::default();
    for error in errors {
        let range = error.span().or_else(|| deepest_line(cx.text())).unwrap_or(0..0);
        let finding = if error.message() == "duplicate key" {
            duplicates.finding(cx, range)
        } else {
            is_readable = false;
            Some(invalid(cx, &error, range))
        };
        if let Some(finding) = finding {
            cx.report(finding);
        }
    }
    is_readable.then(|| document.into_inner())
}

fn invalid(cx: &Context<'_>, error: &Error, range: Range<usize>) -> Diagnostic {
    let is_depth = error.message().contains("recurs");
    let what = if is_depth { "nested too deep to be a policy" } else { error.message() };
    let place = cx.span(one_line(cx.text(), range.clone()));
    let finding =
        Diagnostic::new(Code::InvalidToml, format!("not valid TOML: {what}"), place, "can't be read");
    if is_depth {
        return finding.help("a policy needs no more than a few levels");
    }
    if let Some((range, quoted)) = unquoted_name(cx.text(), range.start) {
        return finding
            .help("a name that holds anything but letters, digits, `-` and `_` is written in quotes")
            .suggest(cx.span(range), quoted);
    }
    finding.help("texts stand in quotes, lists in `[ ]`, and each `key = value` on a line of its own")
}

/// Names that are declared twice.
#[derive(Debug)]
struct Duplicates {
    searches_left: u32,
    /// Where the last header that is declared twice begins: the parser puts its keys into the first table, and
    /// reports each again.
    header: Option<usize>,
}

impl Default for Duplicates {
    fn default() -> Self {
        Self { searches_left: MOST_SEARCHES, header: None }
    }
}

impl Duplicates {
    /// The finding, unless it only follows from one before.
    fn finding(&mut self, cx: &Context<'_>, range: Range<usize>) -> Option<Diagnostic> {
        let text = cx.text();
        let name = text.get(range.clone()).unwrap_or_default();
        let line_start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
        let is_header = text.get(line_start..range.start)?.trim_start().starts_with('[');
        let finding = Diagnostic::new(
            Code::DuplicateDeclaration,
            format!("`{}` is declared twice", name.trim_matches(['"', '\''])),
            cx.span(range),
            "again here",
        )
        .help("keep one of the two, or give the second another name");
        if self.searches_left == 0 {
            return Some(finding);
        }
        self.searches_left -= 1;
        let first = first_declaration(cx, line_start);
        if is_header {
            self.header = Some(line_start);
        } else if first.is_none()
            && let Some(header) = self.header
            && !text.get(header + 1..line_start)?.contains("\n[")
        {
            return None;
        }
        Some(match first {
            Some(first) => finding.also(first, "first here"),
            None => finding,
        })
    }
}

/// The earlier line that begins like the one at `line_start`: the same header, or the same key under the same header.
fn first_declaration(cx: &Context<'_>, line_start: usize) -> Option<Span> {
    let text = cx.text();
    let line = text.get(line_start..)?.lines().next()?.trim();
    let (wanted, is_header) = match line.strip_prefix('[') {
        Some(_) => (line.split('#').next()?.trim(), true),
        None => (line.split('=').next()?.trim(), false),
    };
    let mut end = line_start;
    let mut found = None;
    for earlier in text.get(..line_start)?.split_inclusive('\n').rev() {
        let start = end - earlier.len();
        let trimmed = earlier.trim();
        let begins_alike = trimmed.strip_prefix(wanted).is_some_and(|rest| {
            let rest = rest.trim_start();
            if is_header { rest.is_empty() || rest.starts_with('#') } else { rest.starts_with('=') }
        });
        if begins_alike && !wanted.is_empty() {
            let at = start + (earlier.len() - earlier.trim_start().len());
            found = Some(cx.span(at..at + wanted.len()));
        }
        if !is_header && trimmed.starts_with('[') {
            break;
        }
        end = start;
    }
    found
}

/// The part of a range that stands on its first line: what is underlined stays readable.
fn one_line(text: &str, range: Range<usize>) -> Range<usize> {
    let length = text.get(range.clone()).and_then(|part| part.find('\n')).unwrap_or(range.len());
    range.start..range.start + length
}

/// The first line with more dots than a name can have parts: the parser gives no place for it.
fn deepest_line(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.bytes().filter(|byte| *byte == b'.').count() >= 80 {
            return Some(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    None
}

/// A header or a key on the line at `offset` with a bare part that TOML wants quoted, and the same quoted.
fn unquoted_name(text: &str, offset: usize) -> Option<(Range<usize>, String)> {
    let line_start = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..)?.lines().next()?;
    let (from, to) = if line.starts_with('[') {
        (line.find(|character| character != '[')?, line.find(']')?)
    } else {
        (0, line.find('=')?)
    };
    let name = line.get(from..to)?.trim_end();
    if name.contains(['"', '\'', '[', '{', ' ']) {
        return None;
    }
    let is_bare = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
    };
    // What follows the first dot of a header is one name: a scope may hold dots.
    let (head, last) = if line.starts_with('[') { name.split_once('.')? } else { ("", name) };
    if is_bare(last) || last.is_empty() || (!head.is_empty() && !is_bare(head)) {
        return None;
    }
    let quoted = if head.is_empty() { format!("\"{last}\"") } else { format!("{head}.\"{last}\"") };
    Some((line_start + from..line_start + from + name.len(), quoted))
}
