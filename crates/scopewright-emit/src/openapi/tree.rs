//! An OpenAPI document as a tree in which every node knows the bytes it was written with.
//!
//! In: the text of one YAML 1.2 document; JSON is read by the same rules. Out: a [`Tree`], or the place where the text
//! stops being YAML. Nothing is resolved away: anchors, aliases, quoting and flow style stay visible, because the
//! document is edited as text.

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A node of one tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(usize);

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'..'`.
    Single,
    /// `".."`.
    Double,
    /// `|` or `>`.
    Block,
}

/// A key and its value.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The key.
    pub key: NodeId,
    /// The value; an absent one is an empty plain scalar after the colon.
    pub value: NodeId,
}

/// What a node holds.
#[derive(Debug)]
pub enum NodeValue<'t> {
    /// A scalar, escapes resolved.
    Scalar { text: Cow<'t, str>, style: Style },
    /// A mapping; `flow` is `{..}`.
    Mapping { flow: bool, entries: Vec<Entry> },
    /// A sequence; `flow` is `[..]`.
    Sequence { flow: bool, items: Vec<NodeId> },
    /// `*name`.
    Alias(NodeId),
}

/// A node and where it was written.
#[derive(Debug)]
pub struct Node<'t> {
    /// The bytes of the content, without comments and line breaks after it.
    pub range: Range<usize>,
    /// The name after `&`.
    pub anchor: Option<Cow<'t, str>>,
    /// What it holds.
    pub value: NodeValue<'t>,
}

/// Why a text is no tree.
#[derive(Debug)]
pub struct InvalidTree {
    /// Where.
    pub range: Range<usize>,
    /// Why, lower case, no final stop.
    pub reason: String,
}

/// A document.
#[derive(Debug)]
pub struct Tree<'t> {
    /// The whole text.
    pub text: &'t str,
    nodes: Vec<Node<'t>>,
    root: NodeId,
    aliases: Vec<NodeId>,
}

impl<'t> Tree<'t> {
    /// Reads a document.
    ///
    /// # Errors
    /// The first place that is not YAML, a second document, an empty one, or a key that is written twice.
    pub fn parse(text: &'t str) -> Result<Self, InvalidTree> {
        let mut options = granit_parser::Options::default();
        options.emit_anchor_events = true;
        options.set_emit_comments(false);
        let mut builder =
            Builder { text, nodes: Vec::new(), open: Vec::new(), anchors: BTreeMap::new(), root: None };
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = event.map_err(|error| InvalidTree {
                range: offset_of(error.marker().byte_offset(), text)
                    ..offset_of(error.marker().byte_offset(), text),
                reason: error.info(),
            })?;
            builder.take(event, &span)?;
        }
        let Some(root) = builder.root else {
            return Err(InvalidTree { range: 0..0, reason: "the document is empty".to_owned() });
        };
        let is_alias = |node: &Node<'_>| matches!(node.value, NodeValue::Alias(_));
        let aliases = builder.nodes.iter().enumerate().filter(|(_, node)| is_alias(node));
        let aliases = aliases.map(|(at, _)| NodeId(at)).collect();
        let tree = Self { text, nodes: builder.nodes, root, aliases };
        tree.refuse_repeated_keys()?;
        Ok(tree)
    }

    /// The outermost node.
    pub const fn root(&self) -> NodeId {
        self.root
    }

    /// A node, as written.
    #[expect(clippy::indexing_slicing, reason = "ids are made by this tree's builder and never leave it")]
    pub fn node(&self, id: NodeId) -> &Node<'t> {
        &self.nodes[id.0]
    }

    /// Every node, in the order of their beginnings.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> {
        (0..self.nodes.len()).map(NodeId)
    }

    /// Every alias.
    pub fn aliases(&self) -> &[NodeId] {
        &self.aliases
    }

    /// What an alias stands for, any other node itself.
    pub fn resolved(&self, id: NodeId) -> NodeId {
        match self.node(id).value {
            NodeValue::Alias(target) => target,
            _ => id,
        }
    }

    /// The entries of a mapping, none for anything else. Aliases are followed.
    pub fn entries(&self, id: NodeId) -> &[Entry] {
        match &self.node(self.resolved(id)).value {
            NodeValue::Mapping { entries, .. } => entries,
            _ => &[],
        }
    }

    /// The items of a sequence, none for anything else. Aliases are followed.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match &self.node(self.resolved(id)).value {
            NodeValue::Sequence { items, .. } => items,
            _ => &[],
        }
    }

    /// The text of a scalar. Aliases are followed.
    pub fn scalar(&self, id: NodeId) -> Option<&str> {
        match &self.node(self.resolved(id)).value {
            NodeValue::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The entry with this key.
    pub fn entry(&self, mapping: NodeId, key: &str) -> Option<Entry> {
        self.entries(mapping).iter().copied().find(|entry| self.scalar(entry.key) == Some(key))
    }

    /// The value behind this key.
    pub fn get(&self, mapping: NodeId, key: &str) -> Option<NodeId> {
        self.entry(mapping, key).map(|entry| entry.value)
    }

    /// The value at the end of a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(self.root, |node, key| self.get(node, key))
    }

    /// The value behind this key, or behind it in a mapping that `<<` merges in (YAML 1.1 merge keys).
    pub fn get_merged(&self, mapping: NodeId, key: &str) -> Option<NodeId> {
        self.get(mapping, key).or_else(|| {
            let merged = self.get(mapping, "<<")?;
            let sources =
                if self.items(merged).is_empty() { vec![merged] } else { self.items(merged).to_vec() };
            sources.into_iter().find_map(|source| self.get(source, key))
        })
    }

    /// Where the colon of an entry ends.
    pub fn colon_end(&self, entry: Entry) -> Option<usize> {
        colon_end(self.text, self.node(entry.key).range.end)
    }

    fn refuse_repeated_keys(&self) -> Result<(), InvalidTree> {
        for id in self.ids() {
            let NodeValue::Mapping { entries, .. } = &self.node(id).value else { continue };
            let mut seen = BTreeSet::new();
            for entry in entries {
                let Some(key) = self.scalar(entry.key) else { continue };
                if key != "<<" && !seen.insert(key) {
                    let reason = format!("the key `{key}` is written twice in one mapping");
                    return Err(InvalidTree { range: self.node(entry.key).range.clone(), reason });
                }
            }
        }
        Ok(())
    }
}

fn colon_end(text: &str, key_end: usize) -> Option<usize> {
    let rest = text.get(key_end..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    rest.get(blanks..)?.starts_with(':').then_some(key_end + blanks + 1)
}

fn offset_of(offset: Option<usize>, text: &str) -> usize {
    offset.unwrap_or(text.len()).min(text.len())
}

/// A collection that is being read.
struct Open {
    node: NodeId,
    key: Option<NodeId>,
}

struct Builder<'t> {
    text: &'t str,
    nodes: Vec<Node<'t>>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, NodeId>,
    root: Option<NodeId>,
}

impl<'t> Builder<'t> {
    fn take(&mut self, event: Event<'t>, span: &Span) -> Result<(), InvalidTree> {
        let range =
            offset_of(span.start.byte_offset(), self.text)..offset_of(span.end.byte_offset(), self.text);
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                let reason = "the file holds a second document; OpenAPI files hold one".to_owned();
                return Err(InvalidTree { range, reason });
            }
            Event::Scalar(text, style, anchor, _) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::Single,
                    ScalarStyle::DoubleQuoted => Style::Double,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let range = self.content_range(range, &text, style);
                self.add(range, NodeValue::Scalar { text, style }, anchor);
            }
            Event::SequenceStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                let node = self.add(range, NodeValue::Sequence { flow, items: Vec::new() }, anchor);
                self.open.push(Open { node, key: None });
            }
            Event::MappingStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                let node = self.add(range, NodeValue::Mapping { flow, entries: Vec::new() }, anchor);
                self.open.push(Open { node, key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end),
            Event::Alias(anchor) => {
                let Some(target) = self.anchors.get(&anchor).copied() else { return Ok(()) };
                self.add(range, NodeValue::Alias(target), 0);
            }
            Event::Anchor(_, name) => {
                if let Some(node) = self.nodes.last_mut() {
                    node.anchor = Some(name);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Where the content of a scalar stands. The parser lets a block scalar reach to the next token and puts an absent
    /// value at the end of its key.
    fn content_range(&self, range: Range<usize>, value: &str, style: Style) -> Range<usize> {
        if range.is_empty() && style == Style::Plain {
            let key = self.open.last().and_then(|open| open.key);
            let key_end = key.and_then(|key| self.nodes.get(key.0)).map_or(range.start, |key| key.range.end);
            let at = colon_end(self.text, key_end).unwrap_or(range.start);
            return at..at;
        }
        if style != Style::Block {
            return range;
        }
        let written = self.text.get(range.clone()).unwrap_or_default();
        let end = if value.ends_with("\n\n") {
            // `|+`: the empty lines belong to the value; the last line break is not part of the range.
            let lines = written.trim_end_matches([' ', '\t']);
            lines.strip_suffix('\n').unwrap_or(lines).trim_end_matches('\r').len()
        } else {
            written.trim_end().len()
        };
        range.start..range.start + end
    }

    fn add(&mut self, range: Range<usize>, value: NodeValue<'t>, anchor: usize) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node { range, anchor: None, value });
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(id);
            return id;
        };
        match self.nodes.get_mut(open.node.0).map(|node| &mut node.value) {
            Some(NodeValue::Sequence { items, .. }) => items.push(id),
            Some(NodeValue::Mapping { entries, .. }) => match open.key.take() {
                None => open.key = Some(id),
                Some(key) => entries.push(Entry { key, value: id }),
            },
            _ => {}
        }
        id
    }

    fn close(&mut self, end: usize) {
        let Some(closed) = self.open.pop() else { return };
        let end_of = |id: NodeId| self.nodes.get(id.0).map(|node| node.range.end);
        let Some(node) = self.nodes.get(closed.node.0) else { return };
        // A block collection ends with its last member; the parser ends it at the next token.
        let end = match &node.value {
            NodeValue::Mapping { flow: false, entries } => {
                entries.last().and_then(|entry| end_of(entry.value)).unwrap_or(node.range.start)
            }
            NodeValue::Sequence { flow: false, items } => {
                items.last().and_then(|item| end_of(*item)).unwrap_or(node.range.start)
            }
            _ => end,
        };
        if let Some(node) = self.nodes.get_mut(closed.node.0) {
            node.range.end = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, path: &[&str], written: &str) {
        let tree = Tree::parse(text).unwrap();
        let node = tree.at(path).unwrap();
        assert_eq!(&text[tree.node(node).range.clone()], written);
    }

    #[test]
    fn ranges_leave_comments_and_line_breaks_out() {
        let text = "a: &x\n  b: |\n    text\n\n  c: {d: 1} # why\n  e:\n  - 1\n  - k: 'v'\n# about f\nf:\n";
        check(text, &["a", "b"], "text");
        check(text, &["a", "c"], "{d: 1}");
        check(text, &["a", "e"], "1\n  - k: 'v'");
        check(text, &["a"], text.split_once("&x\n  ").unwrap().1.split_once("\n# about").unwrap().0);
        check(text, &["f"], "");
    }

    #[test]
    fn kept_empty_lines_belong_to_the_value() {
        check("a: |+\n  text\n\n\nb: 1\n", &["a"], "text\n\n");
    }

    #[test]
    fn an_absent_value_stands_after_the_colon() {
        let tree = Tree::parse("a :\nb: 1\n").unwrap();
        assert_eq!(tree.node(tree.at(&["a"]).unwrap()).range, 3..3);
    }

    #[test]
    fn aliases_and_merge_keys_are_followed() {
        let tree = Tree::parse("base: &base {x: 1}\nown: *base\nmerged:\n  <<: *base\n  y: 2\n").unwrap();
        assert!(tree.at(&["own", "x"]).is_some());
        let merged = tree.at(&["merged"]).unwrap();
        assert!(tree.get(merged, "x").is_none());
        assert!(tree.get_merged(merged, "x").is_some());
    }

    #[test]
    fn what_is_no_single_document_is_refused() {
        assert!(Tree::parse("a: 1\n---\nb: 2\n").is_err());
        assert!(Tree::parse("").is_err());
        assert!(Tree::parse("a: 1\na: 2\n").is_err());
        assert!(Tree::parse("{\"a\": [1, 2").is_err());
        assert!(Tree::parse("a: *missing\n").is_err());
    }
}
