//! Text to TOML with places: every syntax error the parser can go on after.
//!
//! A name that is declared twice does not make the rest unreadable, so it is a finding of its own and reading goes
//! on. After any other syntax error the document is not looked at further: what stands behind it may be misread.

use crate::context::Context;
use scopewright_model::{Code, Diagnostic, Span};
use std::ops::Range;
use toml::de::{DeTable, Error};

/// For how many duplicates the first declaration is looked up, which reads the file again each time.
const MOST_SEARCHES: u32 = 50;

/// The document, or none if it is no TOML.
pub(crate) fn parse<'a>(cx: &mut Context<'a>) -> Option<DeTable<'a>> {
    let (document, errors) = DeTable::parse_recoverable(cx.text());
    let mut is_readable = true;
    let mut duplicates = Duplicates::default();
    let mut deep_lines = deep_lines(cx.text());
    for error in errors {
        let range = error.span().or_else(|| deep_lines.next()).unwrap_or(0..0);
        if error.message() != "duplicate key" {
            is_readable = false;
            cx.report_lazily(range.clone(), |cx| invalid(cx, &error, range));
        } else if is_readable || !range.is_empty() {
            match duplicates.classify(cx, &range) {
                Repeated::ByItself(first) => {
                    cx.report_lazily(range.clone(), |cx| duplicate(cx, range, first));
                }
                Repeated::WithItsTable => {}
            }
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

/// Why the parser says that a name is declared twice.
enum Repeated {
    /// It is; where it is declared first, as far as that is looked up.
    ByItself(Option<Span>),
    /// Its whole table is, which is reported.
    WithItsTable,
}

impl Duplicates {
    fn classify(&mut self, cx: &Context<'_>, range: &Range<usize>) -> Repeated {
        let Some(searches_left) = self.searches_left.checked_sub(1) else { return Repeated::ByItself(None) };
        self.searches_left = searches_left;
        let part = |range: Range<usize>| cx.text().get(range).unwrap_or_default();
        let line_start = part(0..range.start).rfind('\n').map_or(0, |at| at + 1);
        let first = first_declaration(cx, line_start);
        if part(line_start..range.start).trim_start().starts_with('[') {
            self.header = Some(line_start);
        } else if first.is_none()
            && let Some(header) = self.header
            && !part(header + 1..line_start).contains("\n[")
        {
            return Repeated::WithItsTable;
        }
        Repeated::ByItself(first)
    }
}

fn duplicate(cx: &Context<'_>, range: Range<usize>, first: Option<Span>) -> Diagnostic {
    let name = cx.text().get(range.clone()).unwrap_or_default().trim_matches(['"', '\'']);
    let message = format!("`{name}` is declared twice");
    let finding = Diagnostic::new(Code::DuplicateDeclaration, message, cx.span(range), "again here")
        .help("keep one of the two, or give the second another name");
    match first {
        Some(first) => finding.also(first, "first here"),
        None => finding,
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

/// The lines with more dots than a name can have parts: the parser gives no place for those names.
fn deep_lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = end;
        end += line.len();
        let dots = line.bytes().filter(|byte| *byte == b'.').count();
        (dots >= 80).then(|| start..start + line.trim_end().len())
    })
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
