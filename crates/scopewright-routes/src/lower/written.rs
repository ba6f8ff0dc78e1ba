//! Tokens that macros write: where they are shown, and which is which.
//!
//! Spans of this parser are of a thread and can't be made, only taken from a text. So each token that a macro writes gets
//! a span of a text below the last line of the file, and what that stands for is kept here, for the thread as well.

use super::place;
use crate::facts::Place;
use proc_macro2::{Span, TokenStream};
use std::cell::RefCell;

/// How many spans are taken at once.
const CHUNK: usize = 4096;
/// How many tokens all macros of a file may write.
const MOST_TOKENS: usize = 1 << 19;

/// A token that a macro wrote.
#[derive(Clone, Copy)]
struct Token {
    /// Where it is shown: at the call, or where it was handed in.
    place: Place,
    /// Where it is written: in the rule, or where it was handed in.
    origin: Place,
    /// The call in the file from which it comes, macros within macros included.
    root: usize,
    /// The expansion whose rule wrote it; 0 for what was handed in from the file.
    mark: u32,
}

#[derive(Default)]
struct Written {
    /// The lines of the file.
    lines: usize,
    tokens: Vec<Token>,
    spans: Vec<Span>,
    /// How many tokens each call in the file has written.
    roots: Vec<u32>,
    marks: u32,
}

thread_local! {
    static WRITTEN: RefCell<Written> = RefCell::default();
}

/// Begins a file.
pub fn begin(text: &str) {
    let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    WRITTEN.set(Written { lines, ..Written::default() });
}

/// The place of a span, if a macro wrote what it is of.
pub fn place(span: Span) -> Option<Place> {
    let (first, last) = tokens(span)?;
    Some(first.place.to(last.place))
}

/// Where what a span is of is written, in a rule or in the file.
pub fn origin(span: Span) -> Place {
    tokens(span).map_or_else(|| place::of_span(span), |(first, _)| first.origin)
}

/// The expansion that wrote a token; 0 for what is written in the file.
pub fn mark(span: Span) -> u32 {
    tokens(span).map_or(0, |(first, _)| first.mark)
}

fn tokens(span: Span) -> Option<(Token, Token)> {
    let start = span.start();
    WRITTEN.with_borrow(|written| {
        let chunk = start.line.checked_sub(written.lines + 1)?;
        let first = chunk * CHUNK + start.column;
        let last = chunk * CHUNK + span.end().column.saturating_sub(1);
        let first = written.tokens.get(first)?;
        Some((*first, *written.tokens.get(last).unwrap_or(first)))
    })
}

/// What one expansion writes.
pub struct Writer {
    call: Place,
    root: usize,
    /// The mark of what its rule writes.
    pub mark: u32,
}

impl Writer {
    /// For a call, which begins at `span` and is at `call`.
    pub fn of(span: Span, call: Place) -> Self {
        let known = tokens(span).map(|(first, _)| first.root);
        WRITTEN.with_borrow_mut(|written| {
            written.marks += 1;
            let root = known.unwrap_or_else(|| {
                written.roots.push(0);
                written.roots.len() - 1
            });
            Self { call: Place { made: 0, ..call }, root, mark: written.marks }
        })
    }

    /// The span of a token of the rule. None if the file's macros wrote too much.
    pub fn ruled(&self, span: Span) -> Option<Span> {
        self.span(self.call, origin(span), self.mark)
    }

    /// The span of a token that was handed in.
    pub fn handed(&self, span: Span) -> Option<Span> {
        self.span(place::of_span(span), origin(span), mark(span))
    }

    fn span(&self, place: Place, origin: Place, mark: u32) -> Option<Span> {
        WRITTEN.with_borrow_mut(|written| {
            let at = written.tokens.len();
            if at >= MOST_TOKENS {
                return None;
            }
            if at >= written.spans.len() {
                let above = written.lines + at / CHUNK;
                let text = format!("{}{}", "\n".repeat(above), ";".repeat(CHUNK));
                let tokens: TokenStream = text.parse().ok()?;
                written.spans.extend(tokens.into_iter().map(|tree| tree.span()));
            }
            let count = written.roots.get_mut(self.root)?;
            *count += 1;
            let place = Place { made: *count, ..place };
            written.tokens.push(Token { place, origin, root: self.root, mark });
            written.spans.get(at).copied()
        })
    }
}
