//! Whether parts of documents mean the same: a node and a value, or two nodes, or a document before and after a patch.

use super::patch::{Change, Patch};
use super::tree::{Entry, NodeId, NodeValue, Style, Tree};
use serde_json::{Map, Value};

/// Whether a node means a value. The order of keys means nothing; an alias means what it stands for.
pub fn equals(tree: &Tree<'_>, id: NodeId, value: &Value) -> bool {
    match (&tree.node(tree.resolved(id)).value, value) {
        (NodeValue::Scalar { text, style: Style::Plain }, value) => &plain_value(text) == value,
        (NodeValue::Scalar { text, .. }, Value::String(wanted)) => text == wanted,
        (NodeValue::Mapping { entries, .. }, Value::Object(wanted)) => {
            entries.len() == wanted.len()
                && entries.iter().all(|entry| {
                    let key = tree.scalar(entry.key);
                    key.and_then(|key| wanted.get(key)).is_some_and(|value| equals(tree, entry.value, value))
                })
        }
        (NodeValue::Sequence { items, .. }, Value::Array(wanted)) => {
            items.len() == wanted.len()
                && items.iter().zip(wanted).all(|(item, value)| equals(tree, *item, value))
        }
        _ => false,
    }
}

/// Whether a node is a list of these values, each once, in any order; the lists inside an item may be in any order too.
pub fn equals_unordered(tree: &Tree<'_>, id: NodeId, wanted: &[Value]) -> bool {
    if !matches!(tree.node(tree.resolved(id)).value, NodeValue::Sequence { .. }) {
        return false;
    }
    let mut found: Vec<String> =
        tree.items(id).iter().map(|item| canonical(&to_value(tree, *item))).collect();
    let mut wanted: Vec<String> = wanted.iter().map(canonical).collect();
    found.sort();
    wanted.sort();
    found == wanted
}

/// A text that is the same for values that differ only in the order of keys and of lists.
fn canonical(value: &Value) -> String {
    let sorted = |mut parts: Vec<String>| {
        parts.sort();
        parts.join(",")
    };
    match value {
        Value::Array(items) => format!("[{}]", sorted(items.iter().map(canonical).collect())),
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value)));
            format!("{{{}}}", sorted(entries.collect()))
        }
        other => other.to_string(),
    }
}

/// How many nodes [`to_value`] reads: aliases can make a short text an endless value.
const MAX_NODES: usize = 100_000;

/// A node as a value. Keys that are no scalars are left out.
pub fn to_value(tree: &Tree<'_>, id: NodeId) -> Value {
    value_within(tree, id, &mut MAX_NODES.clone())
}

fn value_within(tree: &Tree<'_>, id: NodeId, nodes_left: &mut usize) -> Value {
    let Some(left) = nodes_left.checked_sub(1) else { return Value::Null };
    *nodes_left = left;
    match &tree.node(tree.resolved(id)).value {
        NodeValue::Scalar { text, style: Style::Plain } => plain_value(text),
        NodeValue::Scalar { text, .. } => Value::from(&**text),
        NodeValue::Mapping { entries, .. } => {
            let mut object = Map::new();
            for entry in entries {
                if let Some(key) = tree.scalar(entry.key) {
                    object.insert(key.to_owned(), value_within(tree, entry.value, nodes_left));
                }
            }
            Value::Object(object)
        }
        NodeValue::Sequence { items, .. } => {
            Value::Array(items.iter().map(|item| value_within(tree, *item, nodes_left)).collect())
        }
        NodeValue::Alias(_) => Value::Null,
    }
}

/// A scalar without quotes, by the core schema (YAML 1.2.2, section 10.3.2).
fn plain_value(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => {
            let begins_number =
                text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'));
            let number =
                begins_number.then(|| serde_json::from_str::<serde_json::Number>(text).ok()).flatten();
            number.map_or_else(|| Value::from(text), Value::Number)
        }
    }
}

/// Whether `after` is `before` with the patch applied and nothing else different: the check that no edit did more than
/// it should.
pub fn is_patched(before: &Tree<'_>, patch: &Patch, after: &Tree<'_>) -> bool {
    patched_mapping(before, before.root(), patch, after, after.root())
}

fn patched_mapping(before: &Tree<'_>, old: NodeId, patch: &Patch, after: &Tree<'_>, new: NodeId) -> bool {
    let change_of = |tree: &Tree<'_>, entry: &Entry| {
        let key = tree.scalar(entry.key)?.to_owned();
        patch.changes.iter().find(|(own, ..)| *own == key).map(|(.., change)| change)
    };
    let is_unchanged = |tree: &Tree<'_>, id| -> Vec<Entry> {
        tree.entries(id).iter().filter(|entry| change_of(tree, entry).is_none()).copied().collect()
    };
    let (old_rest, new_rest) = (is_unchanged(before, old), is_unchanged(after, new));
    old_rest.len() == new_rest.len()
        && old_rest.iter().zip(&new_rest).all(|(old, new)| {
            same(before, old.key, after, new.key) && same(before, old.value, after, new.value)
        })
        && patch
            .changes
            .iter()
            .all(|(key, _, change)| patched(before, before.get(old, key), change, after, after.get(new, key)))
}

fn patched(
    before: &Tree<'_>,
    old: Option<NodeId>,
    change: &Change,
    after: &Tree<'_>,
    new: Option<NodeId>,
) -> bool {
    match (change, old, new) {
        (Change::Remove, _, new) => new.is_none(),
        (Change::Set(value), _, Some(new)) => equals(after, new, value),
        (Change::SetUnordered(items), _, Some(new)) => equals_unordered(after, new, items),
        (Change::Within(patch), Some(old), Some(new)) => patched_mapping(before, old, patch, after, new),
        (Change::Within(patch), Some(old), None) => {
            let emptied = before.entries(old).iter().all(|entry| {
                let key = before.scalar(entry.key);
                patch
                    .changes
                    .iter()
                    .any(|(own, _, change)| Some(own.as_str()) == key && change.new_value().is_none())
            });
            emptied && !patch.keep_empty
        }
        (Change::Within(_), None, new) => match (change.new_value(), new) {
            (Some(value), Some(new)) => equals(after, new, &value),
            (None, None) => true,
            _ => false,
        },
        (Change::Set(_) | Change::SetUnordered(_), _, None) => false,
    }
}

/// Whether two nodes are written with the same meaning: content, anchors and aliases, in the same order.
fn same(before: &Tree<'_>, old: NodeId, after: &Tree<'_>, new: NodeId) -> bool {
    let (old, new) = (before.node(old), after.node(new));
    old.anchor == new.anchor
        && match (&old.value, &new.value) {
            (
                NodeValue::Scalar { text: old, style: old_style },
                NodeValue::Scalar { text: new, style: new_style },
            ) => old == new && old_style == new_style,
            (NodeValue::Mapping { entries: old, .. }, NodeValue::Mapping { entries: new, .. }) => {
                old.len() == new.len()
                    && old.iter().zip(new).all(|(old, new)| {
                        same(before, old.key, after, new.key) && same(before, old.value, after, new.value)
                    })
            }
            (NodeValue::Sequence { items: old, .. }, NodeValue::Sequence { items: new, .. }) => {
                old.len() == new.len()
                    && old.iter().zip(new).all(|(old, new)| same(before, *old, after, *new))
            }
            (NodeValue::Alias(old), NodeValue::Alias(new)) => {
                // What the anchored node holds is compared where it stands.
                before.node(*old).anchor == after.node(*new).anchor
            }
            _ => false,
        }
}
