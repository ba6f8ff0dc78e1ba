//! Policies that almost are: valid ones with a few changes a hand, or an attacker, might make.

#![allow(clippy::indexing_slicing, reason = "each index is made for what it is used on")]

use proptest::prelude::*;

/// Files to start from.
const SOURCES: [&str; 5] = [
    include_str!("../../../../tests/cases/policy/every_key_once/scopes.toml"),
    include_str!("../../../../tests/cases/policy/inspecto/scopes.toml"),
    include_str!("../../../../tests/cases/policy/videovector/scopes.toml"),
    include_str!("../../../../tests/cases/policy/everything_wrong_at_once/scopes.toml"),
    include_str!("../../../../tests/cases/policy/alias_used_in_the_policy/scopes.toml"),
];

/// What is put in: values, headers and keys of every kind, right and wrong.
const PIECES: [&str; 34] = [
    "\"\"",
    "\"read\"",
    "\"vehicles:read\"",
    "\"é\\u0000\"",
    "''",
    "'''\n'''",
    "0",
    "-1",
    "403",
    "1e999",
    "nan",
    "true",
    "false",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "[]",
    "[[]]",
    "{}",
    "[\"read\", \"read\"]",
    "{ any = [\"read\"] }",
    "\"$required\"",
    "\"$x\"",
    "\"GET /{a}/**\"",
    "\"* /\"",
    "\n",
    "=",
    "#",
    "\"",
    "[scopes.x]\n",
    "[[families]]\n",
    "[auth]\n",
    "a.b.c = 1\n",
    "\u{feff}",
    "\0",
];

#[derive(Debug, Clone)]
enum Change {
    RemoveLine(prop::sample::Index),
    RepeatLine(prop::sample::Index, prop::sample::Index),
    RemoveText(prop::sample::Index, usize),
    Insert(prop::sample::Index, &'static str),
    ReplaceValue(prop::sample::Index, &'static str),
    SwapWords(prop::sample::Index, prop::sample::Index),
}

/// A changed file.
pub fn mutated() -> impl Strategy<Value = String> {
    let piece = || prop::sample::select(&PIECES[..]);
    let at = any::<prop::sample::Index>;
    let change = prop_oneof![
        at().prop_map(Change::RemoveLine),
        (at(), at()).prop_map(|(from, to)| Change::RepeatLine(from, to)),
        (at(), 1..20_usize).prop_map(|(at, length)| Change::RemoveText(at, length)),
        (at(), piece()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (at(), piece()).prop_map(|(at, piece)| Change::ReplaceValue(at, piece)),
        (at(), at()).prop_map(|(left, right)| Change::SwapWords(left, right)),
    ];
    (prop::sample::select(&SOURCES[..]), prop::collection::vec(change, 0..6))
        .prop_map(|(source, changes)| changes.iter().fold(source.to_owned(), apply))
}

fn apply(text: String, change: &Change) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return text;
    }
    match change {
        Change::RemoveLine(at) => {
            lines.remove(at.index(lines.len()));
            lines.join("\n")
        }
        Change::RepeatLine(from, to) => {
            let line = lines[from.index(lines.len())];
            lines.insert(to.index(lines.len()), line);
            lines.join("\n")
        }
        Change::RemoveText(at, length) => {
            let characters: Vec<char> = text.chars().collect();
            let from = at.index(characters.len());
            let kept = characters.iter().enumerate().filter(|(at, _)| !(from..from + length).contains(at));
            kept.map(|(_, character)| *character).collect()
        }
        Change::Insert(at, piece) => {
            let at = text.char_indices().map(|(at, _)| at).nth(at.index(text.chars().count())).unwrap();
            format!("{}{piece}{}", &text[..at], &text[at..])
        }
        Change::ReplaceValue(at, piece) => {
            let valued: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].contains(" = ")).collect();
            if valued.is_empty() {
                return text;
            }
            let line = valued[at.index(valued.len())];
            let (key, _) = lines[line].split_once(" = ").unwrap();
            let changed = format!("{key} = {piece}");
            lines[line] = &changed;
            lines.join("\n")
        }
        Change::SwapWords(left, right) => {
            let mut words: Vec<&str> = text.split('"').collect();
            let (left, right) = (left.index(words.len()), right.index(words.len()));
            words.swap(left, right);
            words.join("\"")
        }
    }
}

/// The beginning of a text that may be long.
pub fn cut(text: &str) -> String {
    text.chars().take(4000).collect()
}
