//! A patch as edits of the text.
//!
//! In: a tree and a [`Patch`]. Out: [`Edit`]s that touch nothing but what the patch names: comments, order, quoting
//! and spacing of everything else stay byte for byte. A value that already says the same is not touched either.

use super::compare::{equals, equals_unordered};
use super::layout::{Layout, column, line_end, line_indent};
use super::patch::{Change, Patch, Placement};
use super::render;
use super::tree::{Entry, NodeId, NodeValue, Style, Tree};
use serde_json::{Map, Value};
use std::ops::Range;

/// Replaces a range of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
}

/// A place the patch can't be translated at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Where.
    pub range: Range<usize>,
    /// Why, lower case, no final stop.
    pub reason: String,
    /// The way out.
    pub help: String,
}

/// The edits that make a patch happen, sorted.
///
/// # Errors
/// Every place where the text is written in a way that can't be edited without changing something else.
pub fn edits(tree: &Tree<'_>, layout: &Layout, patch: &Patch) -> Result<Vec<Edit>, Vec<Obstacle>> {
    let mut editor = Editor {
        tree,
        layout,
        edits: Vec::new(),
        obstacles: Vec::new(),
        changed: Vec::new(),
        replaced: Vec::new(),
    };
    editor.mapping(tree.root(), patch);
    editor.refuse_changes_through_aliases();
    if !editor.obstacles.is_empty() {
        return Err(editor.obstacles);
    }
    // At one place, what is inserted comes before what is replaced; insertions keep their order (the sort is stable).
    editor.edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    Ok(editor.edits)
}

/// The text after the edits, which are sorted and do not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edited =
        String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut at = 0;
    for edit in edits {
        edited.push_str(text.get(at..edit.range.start).unwrap_or_default());
        edited.push_str(&edit.text);
        at = edit.range.end;
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    edited
}

/// What became of a mapping.
enum Outcome {
    Edited,
    /// Nothing of the old mapping is left: it is written anew with what the patch adds.
    Rewritten(Value),
    /// Nothing is left at all.
    Gone,
}

struct Editor<'a, 't> {
    tree: &'a Tree<'t>,
    layout: &'a Layout,
    edits: Vec<Edit>,
    obstacles: Vec<Obstacle>,
    /// Mappings that lose or gain keys, or of which a value is replaced.
    changed: Vec<Range<usize>>,
    /// Values that are gone.
    replaced: Vec<Range<usize>>,
}

impl Editor<'_, '_> {
    fn mapping(&mut self, id: NodeId, patch: &Patch) -> Outcome {
        let node = self.tree.node(id);
        let NodeValue::Mapping { flow, entries } = &node.value else {
            return self.no_mapping(id, patch);
        };
        let change_of = |entry: &Entry| {
            let key = self.tree.scalar(entry.key)?;
            patch.changes.iter().find(|(own, ..)| own == key).map(|(.., change)| change)
        };
        let changed: Vec<(Entry, Option<&Change>)> =
            entries.iter().map(|entry| (*entry, change_of(entry))).collect();
        let mut gone = Vec::new();
        for (entry, change) in &changed {
            let Some(change) = change else { continue };
            if !self.existing(*entry, change, *flow) {
                self.replaced.push(self.tree.node(entry.value).range.clone());
                gone.push(*entry);
            }
        }
        let left: Vec<Entry> = entries
            .iter()
            .filter(|entry| !gone.iter().any(|other| other.key == entry.key))
            .copied()
            .collect();
        let new: Vec<(&str, Placement, Value)> = patch
            .changes
            .iter()
            .filter(|(key, ..)| self.tree.entry(id, key).is_none())
            .filter_map(|(key, placement, change)| Some((key.as_str(), *placement, change.new_value()?)))
            .collect();
        if left.is_empty() {
            let entries: Map<String, Value> =
                new.into_iter().map(|(key, _, value)| (key.to_owned(), value)).collect();
            return if entries.is_empty() && !patch.keep_empty {
                Outcome::Gone
            } else if entries.is_empty() && gone.is_empty() {
                Outcome::Edited
            } else {
                Outcome::Rewritten(Value::Object(entries))
            };
        }
        if *flow {
            self.remove_from_flow(entries, &gone);
        } else {
            for entry in &gone {
                self.remove_from_block(*entry);
            }
        }
        if !gone.is_empty() || !new.is_empty() {
            self.changed.push(node.range.clone());
        }
        for (key, placement, value) in new {
            let after = self.place(&left, key, placement);
            if *flow {
                self.insert_into_flow(after, key, &value);
            } else {
                self.insert_into_block(&left, after, key, &value);
            }
        }
        Outcome::Edited
    }

    /// Changes an entry that is there. Returns whether it stays.
    fn existing(&mut self, entry: Entry, change: &Change, flow: bool) -> bool {
        match change {
            Change::Remove => return false,
            Change::Set(value) => {
                if !equals(self.tree, entry.value, value) {
                    self.replace(entry, value, flow);
                }
            }
            Change::SetUnordered(items) => {
                if !equals_unordered(self.tree, entry.value, items) {
                    self.replace(entry, &Value::Array(items.clone()), flow);
                }
            }
            Change::Within(patch) => match self.mapping(entry.value, patch) {
                Outcome::Edited => {}
                Outcome::Rewritten(value) => self.replace(entry, &value, flow),
                Outcome::Gone => return false,
            },
        }
        true
    }

    /// A patch for a mapping meets something else.
    fn no_mapping(&mut self, id: NodeId, patch: &Patch) -> Outcome {
        let node = self.tree.node(id);
        match &node.value {
            NodeValue::Scalar { text, style: Style::Plain } if matches!(&**text, "" | "~" | "null") => {
                patch.value().map_or(Outcome::Gone, Outcome::Rewritten)
            }
            NodeValue::Alias(_) => {
                self.obstacles.push(Obstacle {
                    range: node.range.clone(),
                    reason: "an alias stands where something has to be written".to_owned(),
                    help: "write the mapping out here, so that it can differ from the one it is an alias of"
                        .to_owned(),
                });
                Outcome::Edited
            }
            _ => {
                self.obstacles.push(Obstacle {
                    range: node.range.clone(),
                    reason: "a mapping is expected here".to_owned(),
                    help: "see the OpenAPI specification for what may stand behind this key".to_owned(),
                });
                Outcome::Edited
            }
        }
    }

    /// The entry after which a new one goes.
    fn place(&self, left: &[Entry], key: &str, placement: Placement) -> Option<Entry> {
        let key_of = |entry: &Entry| self.tree.scalar(entry.key);
        let found = match placement {
            Placement::Last => None,
            Placement::After(wanted) => {
                wanted.iter().find_map(|wanted| left.iter().find(|entry| key_of(entry) == Some(wanted)))
            }
            Placement::ByStatus => {
                let below = |entry: &&Entry| {
                    key_of(entry).is_some_and(|other| {
                        other.len() == key.len()
                            && other.starts_with(|first: char| first.is_ascii_digit())
                            && other < key
                    })
                };
                left.iter().filter(below).max_by_key(|entry| key_of(entry))
            }
        };
        found.or(left.last()).copied()
    }

    /// The end of an entry's value.
    fn end(&self, entry: Entry) -> usize {
        self.tree.node(entry.value).range.end
    }

    fn edit(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push(Edit { range, text: text.into() });
    }

    fn lines(&self, lines: &[String]) -> String {
        lines.iter().flat_map(|line| [self.layout.newline, line]).collect()
    }

    fn replace(&mut self, entry: Entry, value: &Value, flow: bool) {
        self.replaced.push(self.tree.node(entry.value).range.clone());
        let Some(colon) = self.tree.colon_end(entry) else { return self.odd_key(entry) };
        let end = self.end(entry);
        let key_start = self.tree.node(entry.key).range.start;
        if flow {
            let indent = line_indent(self.tree.text, key_start);
            let text = match indent {
                Some(indent) => render::flow(value, indent, self.layout),
                None => render::flow(value, "", &self.on_one_line()),
            };
            let blank = if self.layout.blank_after_colon { " " } else { "" };
            return self.edit(colon..end, format!("{blank}{text}"));
        }
        let old = self.tree.node(entry.value);
        let is_block = matches!(
            old.value,
            NodeValue::Mapping { flow: false, .. } | NodeValue::Sequence { flow: false, .. }
        );
        // A comment behind the key, or behind a short value, belongs to the user and stays on the key's line. One behind
        // the last line of a block is about what is replaced.
        let end = if is_block { line_end(self.tree.text, end) } else { end };
        let line = line_end(self.tree.text, if is_block { colon } else { end });
        match render::inline(value, self.layout) {
            Some(text) if is_block => {
                self.edit(colon..colon, format!(" {text}"));
                self.edit(line..end, "");
            }
            Some(text) => self.edit(colon..end, format!(" {text}")),
            None => {
                let key_column = column(self.tree.text, key_start);
                let lines = self.lines(&render::block_lines(value, key_column, self.layout));
                if is_block {
                    self.edit(line..end, lines);
                } else {
                    self.edit(colon..end, "");
                    self.edit(line..line, lines);
                }
            }
        }
    }

    /// What an alias stands for must not change with the place it was written at.
    fn refuse_changes_through_aliases(&mut self) {
        let contains =
            |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
        for id in self.tree.aliases() {
            let alias = &self.tree.node(*id).range;
            let target = &self.tree.node(self.tree.resolved(*id)).range;
            let is_gone = self.replaced.iter().any(|range| contains(range, alias));
            let is_changed = self.changed.iter().any(|range| contains(target, range))
                || self.replaced.iter().any(|range| contains(range, target) || contains(target, range));
            if is_changed && !is_gone {
                self.obstacles.push(Obstacle {
                    range: alias.clone(),
                    reason: "what this alias stands for has to change where it is written".to_owned(),
                    help: "write the value out here instead of the alias".to_owned(),
                });
            }
        }
    }

    fn remove_from_block(&mut self, entry: Entry) {
        let start = self.tree.node(entry.key).range.start;
        let Some(indent) = line_indent(self.tree.text, start) else { return self.odd_key(entry) };
        let start = start - indent.len();
        let end = line_end(self.tree.text, self.end(entry));
        let text = self.tree.text;
        let line_break = ["\r\n", "\n"]
            .into_iter()
            .find(|newline| text.get(end..).is_some_and(|rest| rest.starts_with(newline)));
        if let Some(line_break) = line_break {
            return self.edit(start..end + line_break.len(), "");
        }
        // The last line of a text without a final line break: the break before it goes.
        let before = text.get(..start).unwrap_or_default();
        let before = before.strip_suffix('\n').unwrap_or(before);
        self.edit(before.strip_suffix('\r').unwrap_or(before).len()..end, "");
    }

    fn insert_into_block(&mut self, left: &[Entry], after: Option<Entry>, key: &str, value: &Value) {
        let Some((after, first)) = after.zip(left.first()) else { return };
        let column = column(self.tree.text, self.tree.node(first.key).range.start);
        let at = line_end(self.tree.text, self.end(after));
        let key = self.key_like(left, key);
        let lines = self.lines(&render::entry_lines(&key, value, column, self.layout));
        self.edit(at..at, lines);
    }

    /// A key as its neighbours are written: status codes are quoted here and bare there.
    fn key_like(&self, left: &[Entry], key: &str) -> String {
        let is_status = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_status(key) {
            return render::scalar(key, self.layout);
        }
        let neighbour = left.iter().find_map(|entry| match &self.tree.node(entry.key).value {
            NodeValue::Scalar { text, style } if is_status(text) => Some(*style),
            _ => None,
        });
        render::scalar_like(key, neighbour.unwrap_or(Style::Block), self.layout)
    }

    fn remove_from_flow(&mut self, entries: &[Entry], gone: &[Entry]) {
        let is_gone = |entry: &Entry| gone.iter().any(|other| other.key == entry.key);
        let Some(first_left) = entries.iter().position(|entry| !is_gone(entry)) else { return };
        if let (Some(first), Some(left)) = (entries.first(), entries.get(first_left))
            && first_left > 0
        {
            self.edit(self.tree.node(first.key).range.start..self.tree.node(left.key).range.start, "");
        }
        for pair in entries.get(first_left..).unwrap_or_default().windows(2) {
            if let [before, entry] = pair
                && is_gone(entry)
            {
                self.edit(self.end(*before)..self.end(*entry), "");
            }
        }
    }

    fn insert_into_flow(&mut self, after: Option<Entry>, key: &str, value: &Value) {
        let Some(after) = after else { return };
        let key = Value::from(key);
        let at = self.end(after);
        let colon = if self.layout.blank_after_colon { ": " } else { ":" };
        let text = match line_indent(self.tree.text, self.tree.node(after.key).range.start) {
            Some(indent) if !self.layout.indent.is_empty() => {
                let value = render::flow(value, indent, self.layout);
                format!(",{}{indent}{key}{colon}{value}", self.layout.newline)
            }
            _ => {
                let comma = if self.layout.blank_after_colon { ", " } else { "," };
                format!("{comma}{key}{colon}{}", render::flow(value, "", &self.on_one_line()))
            }
        };
        self.edit(at..at, text);
    }

    fn on_one_line(&self) -> Layout {
        Layout { indent: String::new(), ..self.layout.clone() }
    }

    fn odd_key(&mut self, entry: Entry) {
        self.obstacles.push(Obstacle {
            range: self.tree.node(entry.key).range.clone(),
            reason: "this key is written in a way that can't be edited in place".to_owned(),
            help: "write it as `key: value` on a line of its own".to_owned(),
        });
    }
}
