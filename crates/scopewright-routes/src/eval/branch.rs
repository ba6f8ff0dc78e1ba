//! Branches: each is evaluated with variables of its own, then all are one again.

use super::{Eval, Frame};
use crate::value::{Entry, EntryKind, Lost, MethodEntry, MethodRouter, Router, Unknown, Value, join, within};
use scopewright_model::Code;
use std::rc::Rc;

/// More alternatives than this are not told apart.
const MOST_ALTERNATIVES: usize = 64;

/// What a branch came to.
pub(super) struct Branch {
    condition: Rc<str>,
    value: Value,
    frame: Option<Frame>,
}

impl Branch {
    /// Its value.
    pub(super) fn value(&self) -> Value {
        self.value.clone()
    }
}

impl Eval<'_> {
    /// Evaluates a branch; what it changes is kept apart.
    pub(super) fn branch(&mut self, condition: &str, run: impl FnOnce(&mut Self) -> Value) -> Branch {
        let condition: Rc<str> = condition.into();
        let before = self.frame().cloned();
        self.conditions.push(Rc::clone(&condition));
        let value = run(self);
        self.conditions.pop();
        let after = match (before, self.frame_mut()) {
            (Some(before), Some(frame)) => Some(std::mem::replace(frame, before)),
            _ => None,
        };
        // What returned or broke out did so for the function, not for the branch.
        if let (Some(after), Some(frame)) = (&after, self.frame_mut()) {
            frame.returns.clone_from(&after.returns);
            frame.breaks.clone_from(&after.breaks);
        }
        Branch { condition, value, frame: after }
    }

    /// Puts branches together: one value, and variables that are what they are in any branch that goes on.
    pub(super) fn join(&mut self, branches: Vec<Branch>) -> Value {
        let count = self.frame().map_or(0, |frame| frame.bindings.len());
        let going_on: Vec<&Branch> =
            branches.iter().filter(|branch| !matches!(branch.value, Value::Never)).collect();
        for at in 0..count {
            let Some(before) = self.frame().and_then(|frame| frame.bindings.get(at)).cloned() else {
                continue;
            };
            let after =
                |branch: &Branch| branch.frame.as_ref().and_then(|frame| frame.bindings.get(at)).cloned();
            let is_changed = going_on
                .iter()
                .any(|branch| after(branch).is_some_and(|binding| binding.version != before.version));
            if !is_changed {
                continue;
            }
            let values = going_on.iter().map(|branch| {
                let value = after(branch).map_or_else(|| before.value.clone(), |binding| binding.value);
                (Rc::clone(&branch.condition), value)
            });
            let values = values.collect();
            let value = self.union(values);
            let version = self.next_version();
            if let Some(binding) = self.frame_mut().and_then(|frame| frame.bindings.get_mut(at)) {
                binding.value = value;
                binding.version = version;
            }
        }
        let values = branches.into_iter().map(|branch| (branch.condition, branch.value)).collect();
        self.union(values)
    }

    pub(super) fn next_version(&mut self) -> u64 {
        self.versions += 1;
        self.versions
    }

    /// One value that may be any of several.
    pub fn union(&mut self, values: Vec<(Rc<str>, Value)>) -> Value {
        let mut values: Vec<(Rc<str>, Value)> =
            values.into_iter().filter(|(_, value)| !matches!(value, Value::Never)).collect();
        if values.len() <= 1 {
            return values.pop().map_or(Value::Never, |(_, value)| value);
        }
        let is_router = |value: &Value| matches!(value, Value::Router(_));
        if values.iter().any(|(_, value)| is_router(value)) {
            return Value::Router(self.join_routers(&values));
        }
        if values.iter().any(|(_, value)| matches!(value, Value::MethodRouter(_))) {
            return Value::MethodRouter(self.join_method_routers(&values));
        }
        let something: Vec<(Rc<str>, Value)> =
            values.iter().filter(|(_, value)| !matches!(value, Value::Nothing)).cloned().collect();
        if something.is_empty() {
            return Value::Nothing;
        }
        let mut alternatives: Vec<(Rc<str>, Value)> = Vec::new();
        for (condition, value) in something {
            match value {
                Value::OneOf(all) => {
                    alternatives.extend(all.iter().map(|(inner, value)| {
                        let both = if **inner == *condition {
                            inner.to_string()
                        } else {
                            format!("{condition} {inner}")
                        };
                        (both.into(), value.clone())
                    }));
                }
                value => {
                    if !alternatives.iter().any(|(_, other)| is_same(other, &value)) {
                        alternatives.push((condition, value));
                    }
                }
            }
        }
        if alternatives.len() > MOST_ALTERNATIVES {
            return Value::unknown();
        }
        if alternatives.len() == 1 {
            return alternatives.pop().map_or(Value::Never, |(_, value)| value);
        }
        Value::OneOf(Rc::new(alternatives))
    }

    fn join_routers(&mut self, values: &[(Rc<str>, Value)]) -> Router {
        let mut all = Vec::new();
        let mut foreign = None;
        for (condition, value) in values {
            match value {
                Value::Router(router) => {
                    foreign = foreign.or_else(|| router.foreign.clone());
                    all.push((Rc::clone(condition), Rc::clone(&router.entries)));
                }
                Value::Nothing => {}
                other => {
                    let site = self.here(crate::facts::Place::default());
                    let mut router = Router::default();
                    for carried in other.routers() {
                        router.extend(&carried);
                    }
                    if other.is_param() {
                        router.push(Entry::param(site));
                    }
                    all.push((Rc::clone(condition), router.entries));
                }
            }
        }
        let under = |condition: &Rc<str>, entry: &Rc<Entry>| {
            Rc::new(Entry { conditions: within(condition, &entry.conditions), ..entry.as_ref().clone() })
        };
        Router { entries: Rc::new(join(&all, Rc::ptr_eq, under)), foreign }
    }

    fn join_method_routers(&mut self, values: &[(Rc<str>, Value)]) -> MethodRouter {
        let mut all = Vec::new();
        for (condition, value) in values {
            match value {
                Value::MethodRouter(it) => all.push((Rc::clone(condition), Rc::clone(&it.entries))),
                Value::Nothing => {}
                other => {
                    let registered = self.here(crate::facts::Place::default());
                    let kind = if other.is_param() {
                        EntryKind::Param
                    } else {
                        EntryKind::Lost(Rc::new(Lost {
                            reason: "in one branch the methods of this route are not known".to_owned(),
                            code: Code::UnresolvedMethod,
                            help: "write the route's methods out, as in `get(list).post(create)`".to_owned(),
                            location: registered,
                        }))
                    };
                    let entry =
                        MethodEntry { kind, registered, conditions: Rc::from([]), is_fallback: false };
                    all.push((Rc::clone(condition), Rc::new(vec![entry])));
                }
            }
        }
        let is_same = |left: &MethodEntry, right: &MethodEntry| {
            left.registered == right.registered && left.conditions == right.conditions
        };
        let under = |condition: &Rc<str>, entry: &MethodEntry| MethodEntry {
            conditions: within(condition, &entry.conditions),
            ..entry.clone()
        };
        MethodRouter { entries: Rc::new(join(&all, is_same, under)) }
    }
}

impl Entry {
    /// Whatever is on the router that a parameter holds.
    pub fn param(site: crate::world::Location) -> Self {
        Self {
            kind: EntryKind::Param,
            path: None,
            is_fallback: false,
            registered: site,
            site,
            conditions: Rc::from([]),
        }
    }
}

/// Whether two values are the same for all that matters. Says no when in doubt.
fn is_same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => left == right,
        (Value::Flag(left), Value::Flag(right)) => left == right,
        (Value::Unknown(left), Value::Unknown(right)) => {
            let is_plain = |it: &Unknown| it.carries.is_none();
            is_plain(left) && is_plain(right) && left.of == right.of && left.is_param == right.is_param
        }
        (Value::Variant(left), Value::Variant(right)) => {
            left.of == right.of
                && left.name == right.name
                && left.fields.is_empty()
                && right.fields.is_empty()
        }
        _ => false,
    }
}
