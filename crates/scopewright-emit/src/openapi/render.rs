//! Values as YAML block text and as JSON, in a document's own layout.

use super::layout::Layout;
use super::tree::Style;
use serde_json::{Map, Value};

/// A value that fits on the line of its key: a scalar, `[]` or `{}`. None for anything that needs lines.
pub fn inline(value: &Value, layout: &Layout) -> Option<String> {
    match value {
        Value::Array(items) if items.is_empty() => Some("[]".to_owned()),
        Value::Object(entries) if entries.is_empty() => Some("{}".to_owned()),
        Value::Array(_) | Value::Object(_) => None,
        Value::String(text) => Some(scalar(text, layout)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
    }
}

/// The lines of a value whose key stands at `column`, each with its indentation and without its line break.
pub fn block_lines(value: &Value, column: usize, layout: &Layout) -> Vec<String> {
    match value {
        Value::Object(entries) => mapping_lines(entries, column + layout.indent.len().max(1), layout),
        Value::Array(items) => {
            let column = column + layout.sequence_offset;
            items.iter().flat_map(|item| item_lines(item, column, layout)).collect()
        }
        _ => inline(value, layout).into_iter().collect(),
    }
}

/// The lines of one entry of a block mapping whose keys stand at `column`.
pub fn entry_lines(key: &str, value: &Value, column: usize, layout: &Layout) -> Vec<String> {
    let indent = " ".repeat(column);
    if let Some(value) = inline(value, layout) {
        return vec![format!("{indent}{key}: {value}")];
    }
    let mut lines = vec![format!("{indent}{key}:")];
    lines.extend(block_lines(value, column, layout));
    lines
}

fn mapping_lines(entries: &Map<String, Value>, column: usize, layout: &Layout) -> Vec<String> {
    entries.iter().flat_map(|(key, value)| entry_lines(&scalar(key, layout), value, column, layout)).collect()
}

fn item_lines(item: &Value, column: usize, layout: &Layout) -> Vec<String> {
    let indent = " ".repeat(column);
    if let Some(item) = inline(item, layout) {
        return vec![format!("{indent}- {item}")];
    }
    let Value::Object(entries) = item else {
        let on_one_line = Layout { indent: String::new(), ..layout.clone() };
        return vec![format!("{indent}- {}", flow(item, "", &on_one_line))];
    };
    let mut lines = mapping_lines(entries, column + 2, layout);
    if let Some(first) = lines.first_mut() {
        *first = format!("{indent}- {}", first.trim_start());
    }
    lines
}

/// A value in JSON. With an indentation unit each member has a line of its own, deeper than `indent`; without one
/// everything stands on one line.
pub fn flow(value: &Value, indent: &str, layout: &Layout) -> String {
    let colon = if layout.blank_after_colon { ": " } else { ":" };
    match value {
        Value::Array(items) if !items.is_empty() => {
            let inner = format!("{indent}{}", layout.indent);
            let items: Vec<String> = items.iter().map(|item| flow(item, &inner, layout)).collect();
            flow_members('[', &items, ']', indent, layout)
        }
        Value::Object(entries) if !entries.is_empty() => {
            let inner = format!("{indent}{}", layout.indent);
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| {
                    format!("{}{colon}{}", Value::from(key.as_str()), flow(value, &inner, layout))
                })
                .collect();
            flow_members('{', &entries, '}', indent, layout)
        }
        _ => value.to_string(),
    }
}

fn flow_members(open: char, members: &[String], close: char, indent: &str, layout: &Layout) -> String {
    if layout.indent.is_empty() {
        let comma = if layout.blank_after_colon { ", " } else { "," };
        let blank = if open == '{' && layout.blank_in_braces { " " } else { "" };
        return format!("{open}{blank}{}{blank}{close}", members.join(comma));
    }
    let line = format!("{}{indent}{}", layout.newline, layout.indent);
    format!("{open}{line}{}{}{indent}{close}", members.join(&format!(",{line}")), layout.newline)
}

/// A text as a YAML scalar: plain where that is safe for readers of YAML 1.1 and 1.2, else quoted.
pub fn scalar(text: &str, layout: &Layout) -> String {
    let is_quoted_here = layout.quotes_colons && text.contains(':') && !text.contains(' ');
    if is_plain(text) && !is_quoted_here { text.to_owned() } else { quoted(text, layout) }
}

/// A text as a YAML scalar in the style of another one.
pub fn scalar_like(text: &str, style: Style, layout: &Layout) -> String {
    match style {
        Style::Plain if is_plain(text) || text.bytes().all(|byte| byte.is_ascii_digit()) => text.to_owned(),
        Style::Single if can_be_single(text) => format!("'{}'", text.replace('\'', "''")),
        Style::Double => Value::from(text).to_string(),
        Style::Plain | Style::Single | Style::Block => quoted(text, layout),
    }
}

fn quoted(text: &str, layout: &Layout) -> String {
    if layout.prefers_single_quotes && can_be_single(text) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        // A JSON string is a double-quoted scalar (YAML 1.2.2, section 1.3), but for what YAML calls not printable.
        let json = Value::from(text).to_string();
        json.chars()
            .map(|character| if is_printable(character) { character.to_string() } else { escape(character) })
            .collect()
    }
}

fn escape(character: char) -> String {
    let number = u32::from(character);
    if number > 0xFFFF { format!("\\U{number:08x}") } else { format!("\\u{number:04x}") }
}

fn can_be_single(text: &str) -> bool {
    text.chars().all(|character| is_printable(character) && !matches!(character, '\n' | '\r' | '\t'))
}

/// YAML 1.2.2, production 1, without what is a line break or a mark to some readers.
fn is_printable(character: char) -> bool {
    matches!(character, '\t' | ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}'
        | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

/// Whether a text without quotes is this text to every reader: no indicator, no comment, no other type.
fn is_plain(text: &str) -> bool {
    let begins_well = text
        .chars()
        .next()
        .is_some_and(|first| first.is_alphabetic() || matches!(first, '/' | '$' | '_' | '('));
    let other_type = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    begins_well
        && can_be_single(text)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !other_type.contains(&text.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::tree::Tree;
    use super::*;
    use serde_json::json;

    fn layout() -> Layout {
        Layout::of(&Tree::parse("a:\n  b: c\n").unwrap())
    }

    #[test]
    fn what_is_written_reads_as_the_same_text() {
        let texts = [
            "",
            " ",
            "a",
            "read:cameras",
            "a: b",
            "a #b",
            "yes",
            "Null",
            "1",
            "1e3",
            "0x1",
            "-",
            "- a",
            "~",
            "'",
            "\"",
            "a\nb",
            "\\",
            "{a}",
            "[a]",
            "a, b",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a`",
            "é",
            "\u{1F600}",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "\u{feff}a",
            "a:",
            "?",
            "? a",
            "<<",
            "=",
            "2026-01-01",
            "12:30",
            "tab\tx",
            "$ref",
            "it's",
            ".5",
            "+1",
            "a\u{0}b",
        ];
        for text in texts {
            let written = format!("k: {}\n", scalar(text, &layout()));
            let tree = Tree::parse(&written).unwrap_or_else(|error| panic!("{written:?}: {}", error.reason));
            assert_eq!(tree.at(&["k"]).and_then(|node| tree.scalar(node)), Some(text), "{written:?}");
        }
    }

    #[test]
    fn block_text_is_indented_like_the_document() {
        let value = json!([{"api_key": ["a", "b"]}, {}, {"x": [], "y": {"z": [["n"]]}}]);
        assert_eq!(
            entry_lines("security", &value, 4, &layout()).join("\n"),
            "    security:\n      - api_key:\n          - a\n          - b\n      - {}\n      - x: []\n        \"y\":\n          z:\n            - [\"n\"]"
        );
    }
}
