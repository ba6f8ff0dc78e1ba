//! How a document is laid out, so that what is added looks like what stands around it.

use super::tree::{Entry, NodeId, NodeValue, Style, Tree};

/// The habits of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own, independent of the others")]
pub struct Layout {
    /// `\n` or `\r\n`.
    pub newline: &'static str,
    /// How much deeper a nested mapping stands; empty if nothing in the text is on a line of its own.
    pub indent: String,
    /// How much deeper than its key a block sequence stands.
    pub sequence_offset: usize,
    /// Whether quoted scalars are mostly written `'..'`.
    pub prefers_single_quotes: bool,
    /// Whether scalars with a colon in them, such as scope names, are mostly quoted, though they need not be.
    pub quotes_colons: bool,
    /// Whether a blank follows the colon in flow mappings.
    pub blank_after_colon: bool,
    /// Whether blanks stand inside the braces of flow mappings on one line.
    pub blank_in_braces: bool,
}

impl Layout {
    /// Looks at the text.
    pub fn of(tree: &Tree<'_>) -> Self {
        let newline = match tree.text.find('\n') {
            Some(at) if tree.text.get(..at).is_some_and(|before| before.ends_with('\r')) => "\r\n",
            _ => "\n",
        };
        let quotes = |wanted| {
            tree.ids()
                .filter(
                    |id| matches!(&tree.node(*id).value, NodeValue::Scalar { style, .. } if *style == wanted),
                )
                .count()
        };
        Self {
            newline,
            indent: indent_of(tree),
            sequence_offset: sequence_offset_of(tree),
            prefers_single_quotes: quotes(Style::Single) > quotes(Style::Double),
            quotes_colons: quotes_colons(tree),
            blank_after_colon: first_in_flow_mapping(tree, |entry| {
                let colon = tree.colon_end(entry)?;
                Some(tree.text.get(colon..)?.starts_with(char::is_whitespace))
            })
            .unwrap_or(true),
            blank_in_braces: first_in_flow_mapping(tree, |entry| {
                let before = tree.text.get(..tree.node(entry.key).range.start)?.trim_end_matches([' ', '\t']);
                let is_on_one_line = before.ends_with('{');
                is_on_one_line.then(|| before.len() < tree.node(entry.key).range.start)
            })
            .unwrap_or(false),
        }
    }
}

/// The white space a line begins with, if nothing else stands before `at`.
pub fn line_indent(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let line = before.rfind('\n').map_or(before, |newline| before.get(newline + 1..).unwrap_or_default());
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    line.chars().all(|character| matches!(character, ' ' | '\t')).then_some(line)
}

/// The column, in characters from 0, that `at` stands in.
pub fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}').chars().count()
}

/// Where the line of `at` ends, its line break excluded.
pub fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.find('\n').map_or(rest, |newline| rest.get(..newline).unwrap_or_default());
    at + line.strip_suffix('\r').unwrap_or(line).len()
}

/// The mappings that stand directly inside mappings, outer and inner.
fn nested_mappings<'a>(tree: &'a Tree<'_>) -> impl Iterator<Item = (NodeId, NodeId)> + 'a {
    tree.ids().flat_map(move |outer| {
        let is_mapping = matches!(tree.node(outer).value, NodeValue::Mapping { .. });
        let entries = if is_mapping { tree.entries(outer) } else { &[] };
        entries.iter().map(move |entry| (outer, entry.value))
    })
}

fn indent_of(tree: &Tree<'_>) -> String {
    let first_key_indent = |mapping: NodeId| match &tree.node(mapping).value {
        NodeValue::Mapping { entries, .. } => {
            line_indent(tree.text, tree.node(entries.first()?.key).range.start)
        }
        _ => None,
    };
    nested_mappings(tree)
        .find_map(|(outer, inner)| {
            let (outer, inner) = (first_key_indent(outer)?, first_key_indent(inner)?);
            inner.strip_prefix(outer).filter(|indent| !indent.is_empty())
        })
        .map_or_else(|| if tree.text.contains('\n') { "  ".to_owned() } else { String::new() }, str::to_owned)
}

fn sequence_offset_of(tree: &Tree<'_>) -> usize {
    nested_mappings(tree)
        .find_map(|(outer, inner)| {
            let NodeValue::Sequence { flow: false, items } = &tree.node(inner).value else { return None };
            let item = tree.node(*items.first()?).range.start;
            let line_start = tree.text.get(..item)?.rfind('\n')? + 1;
            let line = tree.text.get(line_start..item)?;
            let dash = line.find('-')?;
            let key = tree.entries(outer).iter().find(|entry| entry.value == inner)?.key;
            dash.checked_sub(column(tree.text, tree.node(key).range.start))
        })
        .unwrap_or(2)
}

/// Whether more scope-like texts are quoted than are not.
fn quotes_colons(tree: &Tree<'_>) -> bool {
    // Times and URLs hold colons too, and tell nothing: the first are quoted because they have to be.
    let is_scope_like = |text: &str| {
        text.starts_with(char::is_alphabetic)
            && text.contains(':')
            && !text.contains(char::is_whitespace)
            && !text.contains("//")
            && !text.ends_with(':')
    };
    let (mut plain, mut quoted) = (0, 0);
    for id in tree.ids() {
        match &tree.node(id).value {
            NodeValue::Scalar { text, style: Style::Plain } if is_scope_like(text) => plain += 1,
            NodeValue::Scalar { text, style: Style::Single | Style::Double } if is_scope_like(text) => {
                quoted += 1;
            }
            _ => {}
        }
    }
    quoted > plain
}

/// What can be said about the first entry of a flow mapping of which it can be said.
fn first_in_flow_mapping(tree: &Tree<'_>, look: impl Fn(Entry) -> Option<bool>) -> Option<bool> {
    tree.ids().find_map(|id| match &tree.node(id).value {
        NodeValue::Mapping { flow: true, entries } => look(*entries.first()?),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits_are_found() {
        let of = |text| Layout::of(&Tree::parse(text).unwrap());
        let yaml = of("a:\r\n    b:\r\n    - 'x'\r\n");
        assert_eq!((yaml.newline, yaml.indent.as_str(), yaml.sequence_offset), ("\r\n", "    ", 0));
        assert!(yaml.prefers_single_quotes);
        let pretty = of("{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}\n");
        assert_eq!(pretty.indent, "\t");
        let minified = of("{\"a\":{\"b\":1}}");
        assert_eq!((minified.indent.as_str(), minified.blank_after_colon), ("", false));
        assert!(of("{\n  \"a\": { \"b\": 1 }\n}").blank_in_braces);
        assert!(of("a: ['read:x', 'read:y']\nb: read:z\n").quotes_colons);
    }
}
