//! A change to a document, as data: what becomes of which keys.

use serde_json::{Map, Value};

/// What happens to the value behind a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// It becomes this.
    Set(Value),
    /// It becomes this list, whose order means nothing: the same items in another order are left alone.
    SetUnordered(Vec<Value>),
    /// The key goes.
    Remove,
    /// The mapping behind the key is changed; it is made if it is absent.
    Within(Patch),
}

/// Where in a mapping a new key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// At the end.
    Last,
    /// After the first of these that the mapping has, else at the end.
    After(&'static [&'static str]),
    /// After the greatest status code below its own, else at the end.
    ByStatus,
}

/// Changes to one mapping.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Patch {
    /// The keys to change, in the order in which new ones are added.
    pub changes: Vec<(String, Placement, Change)>,
    /// Whether the mapping stays as `{}` when nothing is left in it; else its key goes too.
    pub keep_empty: bool,
}

impl Patch {
    /// Adds a change of a key that goes last if it is new.
    pub fn change(&mut self, key: impl Into<String>, change: Change) {
        self.changes.push((key.into(), Placement::Last, change));
    }

    /// Adds a change at the end of a path of keys; mappings on the way that are absent are made.
    pub fn change_at(&mut self, location: &[&str], change: Change) {
        match location {
            [] => {}
            [key] => self.change(*key, change),
            [key, rest @ ..] => {
                let inner = self.changes.iter_mut().find_map(|(own, _, change)| match change {
                    Change::Within(patch) if own == key => Some(patch),
                    _ => None,
                });
                if let Some(inner) = inner {
                    return inner.change_at(rest, change);
                }
                let mut inner = Self::default();
                inner.change_at(rest, change);
                self.change(*key, Change::Within(inner));
            }
        }
    }

    /// What the patch makes of an absent mapping.
    pub fn value(&self) -> Option<Value> {
        let entries: Map<String, Value> = self
            .changes
            .iter()
            .filter_map(|(key, _, change)| change.new_value().map(|value| (key.clone(), value)))
            .collect();
        (!entries.is_empty() || self.keep_empty).then_some(Value::Object(entries))
    }
}

impl Change {
    /// The value behind a key that was absent, if there is one then.
    pub fn new_value(&self) -> Option<Value> {
        match self {
            Self::Set(value) => Some(value.clone()),
            Self::SetUnordered(items) => Some(Value::Array(items.clone())),
            Self::Remove => None,
            Self::Within(patch) => patch.value(),
        }
    }
}
