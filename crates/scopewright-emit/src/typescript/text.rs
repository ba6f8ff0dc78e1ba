//! Types whose text is already legal TypeScript: the only way user text reaches a template.
//!
//! ECMA-262: string literals (section 12.9.4), comments (12.4), property names (13.2.5), `__proto__` (B.3.1).

use std::fmt;

/// A string literal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TsString(String);

impl TsString {
    /// Quotes the text. A JSON string is a string literal; `<` and the two line separators are escaped as well, so that the
    /// module can stand inside a page and be read by older engines.
    pub fn new(text: &str) -> Self {
        let quoted = serde_json::Value::from(text).to_string();
        Self(quoted.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
    }
}

impl fmt::Display for TsString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a property in an object literal or an interface.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TsKey(String);

impl TsKey {
    /// The name as it is where it is an identifier, else quoted. In a literal `__proto__: x` sets the prototype, a
    /// computed name does not.
    pub fn new(name: &str) -> Self {
        Self(match name {
            "__proto__" => "[\"__proto__\"]".to_owned(),
            name if is_identifier(name) => name.to_owned(),
            name => TsString::new(name).0,
        })
    }
}

impl fmt::Display for TsKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// ASCII identifiers only: what others can be called is not worth the tables.
fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, '_' | '$'))
        && characters.all(|other| other.is_ascii_alphanumeric() || matches!(other, '_' | '$'))
}

/// A doc comment, indented, with the line break after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TsDoc(String);

impl TsDoc {
    /// A comment of these lines; user text can neither end it nor begin a tag in it.
    pub fn new<'a>(indent: &str, lines: impl IntoIterator<Item = &'a str>) -> Self {
        let lines: Vec<String> = lines
            .into_iter()
            .flat_map(|line| line.split(['\r', '\n', '\u{2028}', '\u{2029}']))
            .map(comment_line)
            .collect();
        Self(match lines.as_slice() {
            [] => String::new(),
            [line] => format!("{indent}/** {line} */\n"),
            lines => {
                let mut comment = format!("{indent}/**\n");
                for line in lines {
                    comment.push_str(format!("{indent} * {line}").trim_end());
                    comment.push('\n');
                }
                comment + indent + " */\n"
            }
        })
    }

    /// The same with a `@deprecated` tag at the end.
    #[must_use]
    pub fn deprecated(indent: &str, text: &str, note: Option<&str>) -> Self {
        let Self(mut comment) = Self::new(indent, [text, ""]);
        let tag = format!("{indent} * @deprecated {}\n", comment_line(note.unwrap_or("Going away.")));
        // The blank line of the text is where the tag goes.
        if let Some(end) = comment.rfind(&format!("{indent} */")) {
            comment.insert_str(end, &tag);
        }
        Self(comment)
    }
}

impl fmt::Display for TsDoc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text for one line of a comment: `*/` would end it, `@word` at its start or after `{` would be a tag.
fn comment_line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace("*/", "*\\/").replace("{@", "{\\@");
    if text.starts_with('@') { format!("\\{text}") } else { text }
}

/// A type expression.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TsType(pub(super) String);

impl TsType {
    /// A union of string literals; of none it is `never`.
    pub fn literals<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let literals: Vec<String> = names.into_iter().map(|name| TsString::new(name).0).collect();
        Self(if literals.is_empty() { "never".to_owned() } else { literals.join(" | ") })
    }
}

impl fmt::Display for TsType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TsExpression(pub(super) String);

impl TsExpression {
    /// `["a", "b"]`.
    pub fn strings<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::array(texts.into_iter().map(|text| Self(TsString::new(text).0)))
    }

    /// An array of expressions.
    pub fn array(items: impl IntoIterator<Item = Self>) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| item.0).collect();
        Self(format!("[{}]", items.join(", ")))
    }

    /// An object of expressions.
    pub fn object<'a>(entries: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        let entries: Vec<String> =
            entries.into_iter().map(|(key, value)| format!("{}: {value}", TsKey::new(key))).collect();
        Self(if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) })
    }

    /// A string.
    pub fn string(text: &str) -> Self {
        Self(TsString::new(text).0)
    }
}

impl fmt::Display for TsExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text for a `//` comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TsLine(String);

impl TsLine {
    /// Takes out what would end the line.
    pub fn new(text: &str) -> Self {
        Self(text.split(['\r', '\n', '\u{2028}', '\u{2029}']).collect::<Vec<_>>().join(" "))
    }
}

impl fmt::Display for TsLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_can_not_be_left() {
        assert_eq!(TsString::new("a\"\\\n</script>").to_string(), r#""a\"\\\n\u003c/script>""#);
        assert_eq!(TsString::new("\u{2028}").to_string(), "\"\\u2028\"");
    }

    #[test]
    fn a_comment_can_not_be_left() {
        assert_eq!(TsDoc::new("  ", ["a */ b"]).to_string(), "  /** a *\\/ b */\n");
        assert_eq!(TsDoc::new("", ["@deprecated no"]).to_string(), "/** \\@deprecated no */\n");
        assert_eq!(TsDoc::new("", ["two\nlines"]).to_string(), "/**\n * two\n * lines\n */\n");
    }

    #[test]
    fn a_name_is_quoted_where_it_must_be() {
        assert_eq!(TsKey::new("read").to_string(), "read");
        assert_eq!(TsKey::new("read:cameras").to_string(), "\"read:cameras\"");
        assert_eq!(TsKey::new("__proto__").to_string(), "[\"__proto__\"]");
    }
}
