//! Reads what `{:?}` prints of a framework's value, where the framework says nowhere else what is registered on it.
//!
//! Nothing is guessed: a text that is not wholly understood is none, and who asks has to take that for "unknown".

/// How deep values may stand in each other. A router is no deeper than its nesting.
const DEEPEST: u8 = 100;

/// A value as its `Debug` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A text in quotes, its escapes read.
    Text(String),
    /// What stands without quotes and holds nothing: `None`, `true`, `7`.
    Word(String),
    /// `Name { field: value }`
    Struct(String, Vec<(String, Shape)>),
    /// `Name(value)`, or `(value)` without a name.
    Tuple(String, Vec<Shape>),
    /// `{key: value}`
    Map(Vec<(Shape, Shape)>),
    /// `[value]`
    List(Vec<Shape>),
}

impl Shape {
    /// What a value prints.
    pub(crate) fn of(value: &impl std::fmt::Debug) -> Option<Self> {
        Self::read(&format!("{value:?}"))
    }

    fn read(text: &str) -> Option<Self> {
        let mut reader = Reader { rest: text };
        let shape = reader.value(0)?;
        reader.rest.is_empty().then_some(shape)
    }

    /// The name of a struct or tuple, or the word itself.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Word(name) | Self::Struct(name, _) | Self::Tuple(name, _) => Some(name),
            _ => None,
        }
    }

    /// The fields of a struct of this name.
    pub(crate) fn fields(&self, of: &str) -> Option<&[(String, Self)]> {
        match self {
            Self::Struct(name, fields) if name == of => Some(fields),
            _ => None,
        }
    }

    /// A field of a struct of this name.
    pub(crate) fn field(&self, of: &str, name: &str) -> Option<&Self> {
        self.fields(of)?.iter().find_map(|(field, value)| (field == name).then_some(value))
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    #[cfg(feature = "axum")]
    pub(crate) fn entries(&self) -> Option<&[(Self, Self)]> {
        match self {
            Self::Map(entries) => Some(entries),
            _ => None,
        }
    }

    #[cfg(feature = "actix")]
    pub(crate) fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The one value in a tuple of this name.
    pub(crate) fn inside(&self, of: &str) -> Option<&Self> {
        match self {
            Self::Tuple(name, items) if name == of => match items.as_slice() {
                [item] => Some(item),
                _ => None,
            },
            _ => None,
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self {
            Self::Word(word) => word.parse().ok(),
            _ => None,
        }
    }
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn value(&mut self, depth: u8) -> Option<Shape> {
        if depth > DEEPEST {
            return None;
        }
        if self.take("\"") {
            return self.quoted().map(Shape::Text);
        }
        if self.take("[") {
            return self.items("]", depth).map(Shape::List);
        }
        if self.take("{") {
            return self.map(depth);
        }
        let name = self.word();
        if name == "b" && self.take("\"") {
            return self.quoted().map(Shape::Text);
        }
        if self.take("(") {
            return self.items(")", depth).map(|items| Shape::Tuple(name, items));
        }
        if name.is_empty() {
            return None;
        }
        if self.take(" { ") {
            return self.fields(depth).map(|fields| Shape::Struct(name, fields));
        }
        Some(Shape::Word(name))
    }

    fn items(&mut self, end: &str, depth: u8) -> Option<Vec<Shape>> {
        let mut items = Vec::new();
        while !self.take(end) {
            if !items.is_empty() && !self.take(", ") {
                return None;
            }
            items.push(self.value(depth + 1)?);
        }
        Some(items)
    }

    fn map(&mut self, depth: u8) -> Option<Shape> {
        let mut entries = Vec::new();
        while !self.take("}") {
            if !entries.is_empty() && !self.take(", ") {
                return None;
            }
            let key = self.value(depth + 1)?;
            if !self.take(": ") {
                return None;
            }
            entries.push((key, self.value(depth + 1)?));
        }
        Some(Shape::Map(entries))
    }

    fn fields(&mut self, depth: u8) -> Option<Vec<(String, Shape)>> {
        let mut fields = Vec::new();
        loop {
            if self.take(".. }") {
                return Some(fields);
            }
            let name = self.word();
            if name.is_empty() || !self.take(": ") {
                return None;
            }
            fields.push((name, self.value(depth + 1)?));
            if self.take(" }") {
                return Some(fields);
            }
            if !self.take(", ") {
                return None;
            }
        }
    }

    /// What is left of a text in quotes.
    fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut characters = self.rest.chars();
        loop {
            match characters.next()? {
                '"' => break,
                '\\' => text.push(match characters.next()? {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\0',
                    plain @ ('"' | '\'' | '\\') => plain,
                    'x' => {
                        let digits: String = characters.by_ref().take(2).collect();
                        char::from(u8::from_str_radix(&digits, 16).ok()?)
                    }
                    'u' => {
                        let digits = characters.as_str().strip_prefix('{')?.split_once('}')?.0;
                        let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
                        characters = characters.as_str().get(digits.len() + 2..)?.chars();
                        character
                    }
                    _ => return None,
                }),
                character => text.push(character),
            }
        }
        self.rest = characters.as_str();
        Some(text)
    }

    fn word(&mut self) -> String {
        let ends = |character: char| character.is_whitespace() || ",:{}[]()\"".contains(character);
        let (word, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        word.to_owned()
    }

    fn take(&mut self, what: &str) -> bool {
        match self.rest.strip_prefix(what) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Debug)]
    #[expect(dead_code, reason = "it is printed")]
    struct Everything {
        text: &'static str,
        flag: bool,
        none: Option<u8>,
        some: Option<Box<Everything>>,
        map: BTreeMap<u8, Vec<&'static str>>,
        bytes: Bytes,
        empty: (),
    }

    struct Bytes;

    impl std::fmt::Debug for Bytes {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(r#"b"GET,\x00""#)
        }
    }

    fn everything(text: &'static str, some: Option<Box<Everything>>) -> Everything {
        let map = BTreeMap::from([(1, vec!["a", "b"]), (2, Vec::new())]);
        Everything { text, flag: true, none: None, some, map, bytes: Bytes, empty: () }
    }

    #[test]
    fn what_derived_debug_prints_is_read() {
        let text = "/{*x}\"\\ \u{7f}\u{200b}, b: [c] { d } (e)\n";
        let shape = Shape::of(&everything(text, Some(Box::new(everything("", None))))).unwrap();
        let field = |name| shape.field("Everything", name).unwrap();
        assert_eq!(field("text").text(), Some(text));
        assert_eq!(field("flag").flag(), Some(true));
        assert_eq!(field("none").name(), Some("None"));
        assert_eq!(field("bytes").text(), Some("GET,\0"));
        assert_eq!(
            field("some").inside("Some").and_then(|it| it.field("Everything", "text")?.text()),
            Some("")
        );
        let Shape::Map(entries) = field("map") else { panic!("{shape:?}") };
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn what_is_not_understood_is_nothing() {
        for text in
            ["", "A {", "A { b }", "[a", "[a b]", "\"a", "\"\\q\"", "{a}", "A { b: c } d", "(", "a, b"]
        {
            assert_eq!(Shape::read(text), None, "{text}");
        }
        assert_eq!(Shape::read(&format!("{}a{}", "[".repeat(200), "]".repeat(200))), None);
    }
}
