//! The quoting types of Rust: user text gets into generated code through these and in no other way.

use std::fmt;

/// Words that can't be identifiers, of every edition. `crate`, `self`, `super` and `Self` can't be raw either.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// A string literal.
pub(super) struct RustStr<'a>(pub(super) &'a str);

impl fmt::Display for RustStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rust's own form: escapes quotes, backslashes, control and formatting characters, bidirectional ones too.
        write!(f, "{:?}", self.0)
    }
}

/// An optional string literal, as an expression.
pub(super) struct RustOptionStr<'a>(pub(super) Option<&'a str>);

impl fmt::Display for RustOptionStr<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(text) => write!(f, "Some({})", RustStr(text)),
            None => f.write_str("None"),
        }
    }
}

/// An identifier. The policy stage has checked variants and constants; anything else in one becomes `_` here, so that
/// no text can end the identifier and begin something else.
pub(super) struct RustIdent(String);

impl RustIdent {
    pub(super) fn new(text: &str) -> Self {
        let fits = |character: char| character.is_ascii_alphanumeric() || character == '_';
        let mut name: String =
            text.chars().map(|character| if fits(character) { character } else { '_' }).collect();
        if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
            name.insert(0, '_');
        }
        if matches!(name.as_str(), "crate" | "self" | "super" | "Self" | "_") {
            name.push('_');
        } else if KEYWORDS.contains(&name.as_str()) {
            name.insert_str(0, "r#");
        }
        Self(name)
    }
}

impl fmt::Display for RustIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A paragraph of Markdown in a doc comment, on one line, with nothing in it that rustdoc would read as a link or as
/// HTML and no character that could hide or reorder text.
pub(super) struct DocText<'a>(pub(super) &'a str);

impl fmt::Display for DocText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = self.0.split_whitespace().peekable();
        while let Some(word) = words.next() {
            for character in word.chars() {
                match character {
                    '[' | ']' | '<' | '>' | '\\' | '`' | '*' | '_' | '#' | '|' | '~' => {
                        write!(f, "\\{character}")?;
                    }
                    hidden if hidden.is_control() || is_format(hidden) => {}
                    other => write!(f, "{other}")?,
                }
            }
            if words.peek().is_some() {
                f.write_str(" ")?;
            }
        }
        Ok(())
    }
}

/// A name in a doc comment, as code.
pub(super) struct DocCode<'a>(pub(super) &'a str);

impl fmt::Display for DocCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String =
            self.0.chars().filter(|shown| !shown.is_control() && !is_format(*shown)).collect();
        // A name that holds a backtick is fenced by two (CommonMark 0.31 section 6.1).
        if shown.contains('`') { write!(f, "`` {shown} ``") } else { write!(f, "`{shown}`") }
    }
}

/// Characters that reorder or hide what surrounds them (Unicode bidirectional controls, zero-width characters).
const fn is_format(character: char) -> bool {
    matches!(
        character,
        '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_quotes() {
        assert_eq!(RustStr("a\"b\\c\nd").to_string(), r#""a\"b\\c\nd""#);
        assert_eq!(RustStr("\u{202E}").to_string(), r#""\u{202e}""#);
        assert_eq!(RustIdent::new("a-b; c").to_string(), "a_b__c");
        assert_eq!(RustIdent::new("9").to_string(), "_9");
        assert_eq!(RustIdent::new("").to_string(), "__");
        assert_eq!(RustIdent::new("type").to_string(), "r#type");
        assert_eq!(RustIdent::new("self").to_string(), "self_");
        assert_eq!(
            DocText("see [it]\nor <b>*this*</b>\u{202E}").to_string(),
            r"see \[it\] or \<b\>\*this\*\</b\>"
        );
        assert_eq!(DocCode("a`b").to_string(), "`` a`b ``");
    }
}
