//! Texts: what paths are made of.

use super::Eval;
use crate::facts::{Expr, ExprKind};
use crate::value::{Unknown, Value};
use std::rc::Rc;

/// More alternatives of one text than this are not told apart.
const MOST_TEXTS: usize = 64;

impl Eval<'_> {
    /// Texts one after the other.
    pub fn concatenated(&mut self, parts: &[Value]) -> Value {
        let mut texts: Vec<(Rc<str>, String)> = vec![("".into(), String::new())];
        for part in parts {
            let Some(alternatives) = texts_of(part) else {
                let is_param = parts.iter().any(Value::is_param);
                return Value::Unknown(Unknown { is_param, ..Unknown::default() });
            };
            let mut longer = Vec::new();
            for (condition, text) in &texts {
                for (inner, more) in &alternatives {
                    let condition = if inner.is_empty() { condition } else { inner };
                    longer.push((Rc::clone(condition), format!("{text}{more}")));
                }
            }
            texts = longer;
            if texts.len() > MOST_TEXTS {
                return Value::unknown();
            }
        }
        let values = texts.into_iter().map(|(condition, text)| (condition, Value::text(text))).collect();
        self.union(values)
    }

    /// `format!("..", a, name = b)`.
    pub(super) fn formatted(&mut self, arguments: &[Expr]) -> Value {
        let Some((first, arguments)) = arguments.split_first() else { return Value::unknown() };
        let Value::Text(format) = self.expr(first) else { return Value::unknown() };
        let mut positional = Vec::new();
        let mut named = Vec::new();
        for argument in arguments {
            match &argument.kind {
                ExprKind::Assign(name, value) => {
                    let value = self.expr(value);
                    if let ExprKind::Path(path) = &name.kind {
                        named.push((path.last().to_owned(), value));
                    }
                }
                _ => positional.push(self.expr(argument)),
            }
        }
        let mut next = 0;
        let mut parts = Vec::new();
        for piece in pieces(&format) {
            parts.push(match piece {
                Piece::Text(text) => Value::text(text),
                Piece::Next => {
                    next += 1;
                    positional.get(next - 1).cloned().unwrap_or_else(Value::unknown)
                }
                Piece::At(at) => positional.get(at).cloned().unwrap_or_else(Value::unknown),
                Piece::Named(name) => match named.iter().find(|(known, _)| *known == name) {
                    Some((_, value)) => value.clone(),
                    None => self.named_value(&name),
                },
                Piece::Unknown => Value::unknown(),
            });
        }
        self.concatenated(&parts)
    }

    fn named_value(&mut self, name: &str) -> Value {
        if let Some(value) = self.variable(name) {
            return value.clone();
        }
        let segment = crate::facts::Segment { name: name.to_owned(), arguments: Vec::new() };
        let path =
            crate::facts::Path { absolute: false, qualified: None, segments: vec![segment], is_item: false };
        self.path_value(&path, crate::facts::Place::default())
    }

    /// A method of a text.
    pub(super) fn text_method(&mut self, text: &Rc<str>, name: &str, arguments: &[Expr]) -> Value {
        let values = self.all(arguments);
        let given = |at: usize| match values.get(at) {
            Some(Value::Text(text)) => Some(Rc::clone(text)),
            _ => None,
        };
        let is_param = values.iter().any(Value::is_param);
        let known = match (name, values.len()) {
            ("trim", 0) => Some(text.trim().to_owned()),
            ("trim_end_matches", 1) => given(0).map(|suffix| text.trim_end_matches(&*suffix).to_owned()),
            ("trim_start_matches", 1) => given(0).map(|prefix| text.trim_start_matches(&*prefix).to_owned()),
            ("to_lowercase" | "to_ascii_lowercase", 0) => Some(text.to_lowercase()),
            ("to_uppercase" | "to_ascii_uppercase", 0) => Some(text.to_uppercase()),
            ("replace", 2) => given(0).zip(given(1)).map(|(from, to)| text.replace(&*from, &to)),
            _ => None,
        };
        known.map_or_else(|| Value::Unknown(Unknown { is_param, ..Unknown::default() }), Value::text)
    }
}

/// The texts a value may be, each with its condition; none if it may be anything.
pub fn texts_of(value: &Value) -> Option<Vec<(Rc<str>, Rc<str>)>> {
    match value.present() {
        Value::Text(text) => Some(vec![("".into(), Rc::clone(text))]),
        Value::Number(number) => Some(vec![("".into(), number.to_string().into())]),
        Value::Flag(flag) => Some(vec![("".into(), flag.to_string().into())]),
        Value::OneOf(all) => {
            let mut texts = Vec::new();
            for (condition, value) in all.iter() {
                let Value::Text(text) = value else { return None };
                texts.push((Rc::clone(condition), Rc::clone(text)));
            }
            Some(texts)
        }
        _ => None,
    }
}

/// A part of a format string.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Next,
    At(usize),
    Named(String),
    /// A padded or otherwise shaped value.
    Unknown,
}

/// Cuts a format string at its holes.
fn pieces(format: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut characters = format.chars().peekable();
    while let Some(character) = characters.next() {
        let is_doubled = characters.peek() == Some(&character);
        match character {
            '{' | '}' if is_doubled => {
                characters.next();
                text.push(character);
            }
            '{' => {
                let hole: String = characters.by_ref().take_while(|character| *character != '}').collect();
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(piece(&hole));
            }
            _ => text.push(character),
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

fn piece(hole: &str) -> Piece {
    let hole = hole.trim();
    if hole.is_empty() {
        Piece::Next
    } else if hole.contains(':') {
        Piece::Unknown
    } else {
        hole.parse().map_or_else(|_| Piece::Named(hole.to_owned()), Piece::At)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_strings_are_cut_at_their_holes() {
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(pieces("{}/{{id}}/{0}"), [Piece::Next, text("/{id}/"), Piece::At(0)]);
        assert_eq!(pieces("/{prefix}/a"), [text("/"), Piece::Named("prefix".to_owned()), text("/a")]);
        assert_eq!(pieces("/{:02}"), [text("/"), Piece::Unknown]);
    }
}
