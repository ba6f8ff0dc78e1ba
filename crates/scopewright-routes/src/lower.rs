//! Pass 1: the text of one file to its [`FileFacts`].
//!
//! A pure function of the text, so its result can be stored by content.

mod attribute;
mod cfg;
mod embedded;
mod expand;
mod expr;
mod items;
mod macros;
mod pattern;
mod place;
mod types;
mod written;

use crate::facts::{Constant, FileFacts, Function, Key, Place, ScopeItems};
use place::Source;

pub use types::path;

/// Why a file has no facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRust {
    /// In words.
    pub reason: String,
    pub place: Place,
}

/// Brackets nested deeper than this are refused: nobody writes them, and every recursive step would need a stack for them.
const DEEPEST: u32 = 300;
const TOO_DEEP: &str = "it is nested too deep to be followed";
/// As many prefix operators in a row are refused for the same reason.
const LONGEST_PREFIX: u32 = 300;

/// Which bodies are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Those with a word that matters.
    Words,
    /// All of them.
    All,
}

/// Reads a file.
pub fn lower(text: &str, depth: Depth) -> Result<FileFacts, NotRust> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    refuse_deep_nesting(text)?;
    proc_macro2::extra::invalidate_current_thread_spans();
    written::begin(text);
    let file = syn::parse_file(text)
        .map_err(|error| NotRust { reason: error.to_string(), place: place::of_span(error.span()) })?;
    let mut lowering = Lowering {
        source: Source::new(text),
        depth,
        functions: Vec::new(),
        new_words: Vec::new(),
        body: None,
        nesting: 0,
        too_deep: None,
        rules: macros::Definitions::default(),
        expansions: 0,
        is_over: false,
        bound: std::collections::BTreeSet::new(),
        locals: Vec::new(),
        marks: std::collections::BTreeMap::new(),
        embedded: Vec::new(),
    };
    let items = if cfg::of(&file.attrs, &lowering.source).is_off() {
        Vec::new()
    } else {
        lowering.items(&file.items)
    };
    let Lowering { mut functions, mut new_words, too_deep, .. } = lowering;
    if let Some(place) = too_deep {
        return Err(NotRust { reason: TOO_DEEP.to_owned(), place });
    }
    functions.sort_by_key(|function| function.key);
    new_words.sort();
    new_words.dedup();
    Ok(FileFacts { items, functions, new_words })
}

/// The state of reading one file.
struct Lowering<'a> {
    source: Source<'a>,
    depth: Depth,
    functions: Vec<Function>,
    new_words: Vec<String>,
    /// What is collected of the body being read.
    body: Option<BodyNotes>,
    /// Expressions around the one being read.
    nesting: u32,
    /// Where they were too many.
    too_deep: Option<Place>,
    /// The `macro_rules!` that can be called here.
    rules: macros::Definitions,
    /// How many of them are being expanded within each other.
    expansions: usize,
    /// Whether what is being expanded has no end, or too much of it.
    is_over: bool,
    /// The variables that expansions declare, each with its mark.
    bound: std::collections::BTreeSet<(String, u32)>,
    /// The variables of bodies so far.
    locals: Vec<String>,
    /// Where expansions look for what they do not declare.
    marks: std::collections::BTreeMap<u32, macros::Sees>,
    /// What stands in the heads of the items being read and is compiled to a value.
    embedded: Vec<Constant>,
}

/// What is collected beside the expressions of a body.
#[derive(Default)]
struct BodyNotes {
    scopes: Vec<ScopeItems>,
    registrations: Vec<Place>,
    mentions: std::collections::BTreeSet<String>,
    open_scope: Option<Key>,
}

pub fn refuse_deep_nesting(text: &str) -> Result<(), NotRust> {
    let too_deep =
        |at: usize| NotRust { reason: TOO_DEEP.to_owned(), place: Source::new(text).place_of_offset(at) };
    let (mut depth, mut run) = (0_u32, 0_u32);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        run = match byte {
            b'!' | b'*' | b'&' | b'|' | b'<' => run + 1,
            b'-' if run > 0 => run + 1,
            b' ' | b'\n' | b'\t' | b'\r' => run,
            _ => 0,
        };
        if depth > DEEPEST || run > LONGEST_PREFIX {
            return Err(too_deep(at));
        }
    }
    Ok(())
}
