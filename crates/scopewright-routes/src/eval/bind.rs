//! Variables: patterns that bind them, assignments that change them.

use super::{Binding, Eval};
use crate::facts::{Expr, ExprKind, Link, LinkKind, Pattern};
use crate::value::{Unknown, Value, VariantValue};
use crate::world::Target;
use std::rc::Rc;

impl Eval<'_> {
    /// Binds what a pattern names.
    pub(super) fn bind(&mut self, pattern: &Pattern, value: Value) {
        let value = match pattern {
            Pattern::Name(_) | Pattern::Either(_) => value,
            // A pattern that looks into it fits only what is there.
            _ => value.present().clone(),
        };
        match pattern {
            Pattern::Name(name) => {
                if name.chars().next().is_some_and(char::is_uppercase) {
                    return; // a constant or variant, not a variable
                }
                self.declare(name, value);
            }
            Pattern::Tuple(patterns) | Pattern::List(patterns) => {
                let parts = parts(&value, patterns.len());
                self.bind_all(patterns, &parts, &value);
            }
            Pattern::Variant(_, patterns) => match &value {
                Value::Variant(it) => {
                    let fields = it.fields.clone();
                    self.bind_all(patterns, &fields, &part_of(&value));
                }
                // `Some(x)`, `Ok(x)` and the like: the value is what is in them. A tuple struct has fields.
                Value::Record(it) if it.fields.contains_key("0") => {
                    let fields: Vec<Value> = (0..patterns.len())
                        .filter_map(|at| it.fields.get(&at.to_string()).cloned())
                        .collect();
                    self.bind_all(patterns, &fields, &part_of(&value));
                }
                _ => {
                    if let [only] = patterns.as_slice() {
                        self.bind(only, value);
                    } else {
                        let parts = parts(&value, patterns.len());
                        self.bind_all(patterns, &parts, &value);
                    }
                }
            },
            Pattern::Record(_, fields) => {
                for (name, pattern) in fields {
                    let part = self.field(&value, name);
                    self.bind(pattern, part);
                }
            }
            Pattern::Either(patterns) => {
                if let Some(first) = patterns.first() {
                    self.bind(first, value);
                }
            }
            Pattern::Path(_) | Pattern::Text(_) | Pattern::Rest | Pattern::Any | Pattern::Other => {}
        }
    }

    fn bind_all(&mut self, patterns: &[Pattern], values: &[Value], whole: &Value) {
        let rest = patterns.iter().position(|pattern| matches!(pattern, Pattern::Rest));
        for (at, pattern) in patterns.iter().enumerate() {
            let from_end = patterns.len() - at;
            let value = match rest {
                Some(rest) if at > rest => values.len().checked_sub(from_end).and_then(|at| values.get(at)),
                _ => values.get(at),
            };
            let value = value.cloned().unwrap_or_else(|| part_of(whole));
            self.bind(pattern, value);
        }
    }

    pub(super) fn declare(&mut self, name: &str, value: Value) {
        let version = self.next_version();
        if let Some(frame) = self.frame_mut() {
            frame.bindings.push(Binding { name: name.into(), value, version });
        }
    }

    /// The value of a variable.
    pub(super) fn variable(&self, name: &str) -> Option<&Value> {
        let frame = self.frame()?;
        frame.bindings.iter().rev().find(|binding| *binding.name == *name).map(|binding| &binding.value)
    }

    pub(super) fn version_of(&self, name: &str) -> Option<u64> {
        let frame = self.frame()?;
        frame.bindings.iter().rev().find(|binding| *binding.name == *name).map(|binding| binding.version)
    }

    pub(super) fn set(&mut self, name: &str, value: Value) -> bool {
        let version = self.next_version();
        let Some(frame) = self.frame_mut() else { return false };
        let Some(binding) = frame.bindings.iter_mut().rev().find(|binding| *binding.name == *name) else {
            return false;
        };
        binding.value = value;
        binding.version = version;
        true
    }

    /// A `&mut ServiceConfig` changed: so has every variable that holds the same one, under whatever name. Whether any
    /// does.
    pub(super) fn renew(&mut self, value: &Value) -> bool {
        let Value::Router(changed) = value else { return false };
        let version = self.next_version();
        let Some(frame) = self.frame_mut() else { return false };
        let mut is_held = false;
        for binding in &mut frame.bindings {
            if matches!(&binding.value, Value::Router(held) if held.is_same_place(changed)) {
                binding.value = value.clone();
                binding.version = version;
                is_held = true;
            }
        }
        is_held
    }

    /// Assigns to a variable or a field of one.
    pub(super) fn assign(&mut self, to: &Expr, value: Value) {
        let is_renewed = self.renew(&value);
        let is_done = match &to.kind {
            ExprKind::Path(path) => path.single().is_some_and(|name| self.set(name, value.clone())),
            ExprKind::Exclusive(inner) => return self.assign(inner, value),
            ExprKind::Chain(head, links) => match &head.kind {
                ExprKind::Path(path) => {
                    path.single().is_some_and(|name| self.assign_field(name, links, value.clone()))
                }
                _ => false,
            },
            ExprKind::Tuple(parts_of_target) => {
                let mut given = parts(&value, parts_of_target.len()).into_iter();
                let is_whole = !parts_of_target.iter().any(|part| matches!(part.kind, ExprKind::Other(_)));
                for target in parts_of_target.iter().filter(|_| is_whole) {
                    self.assign(target, given.next().unwrap_or_else(|| part_of(&value)));
                }
                is_whole
            }
            _ => false,
        };
        if !is_done && !is_renewed {
            self.spoil_parts(to);
            if value.is_routed() {
                let location = self.here(to.place);
                self.escape(location, "this place", &value);
            }
        }
    }

    fn assign_field(&mut self, name: &str, links: &[Link], value: Value) -> bool {
        let mut fields = Vec::new();
        for link in links {
            match &link.kind {
                LinkKind::Field(field) => fields.push(field.as_str()),
                LinkKind::Index(_) | LinkKind::Method { .. } | LinkKind::Await => return false,
            }
        }
        let Some(whole) = self.variable(name).cloned() else { return false };
        match with_field(whole, &fields, value) {
            Some(whole) => self.set(name, whole),
            None => false,
        }
    }

    /// Whether a pattern matches; none if that is not known.
    pub(super) fn matches(&mut self, pattern: &Pattern, value: &Value) -> Option<bool> {
        match (pattern, value.present()) {
            (Pattern::Any | Pattern::Rest, _) => Some(true),
            (Pattern::Name(name), _) if !name.chars().next().is_some_and(char::is_uppercase) => Some(true),
            (Pattern::Text(wanted), Value::Text(text)) => Some(**text == **wanted),
            (Pattern::Either(all), _) => {
                let mut answers = Vec::new();
                for pattern in all {
                    answers.push(self.matches(pattern, value));
                }
                if answers.contains(&Some(true)) {
                    Some(true)
                } else if answers.iter().all(|answer| *answer == Some(false)) {
                    Some(false)
                } else {
                    None
                }
            }
            (
                Pattern::Name(_) | Pattern::Path(_) | Pattern::Variant(..) | Pattern::Record(..),
                Value::Variant(it),
            ) => self.is_variant(pattern, it),
            _ => None,
        }
    }

    fn is_variant(&mut self, pattern: &Pattern, value: &VariantValue) -> Option<bool> {
        let names = match pattern {
            Pattern::Name(name) => vec![name.clone()],
            Pattern::Path(path) | Pattern::Variant(path, _) | Pattern::Record(path, _) => {
                path.segments.iter().map(|segment| segment.name.clone()).collect()
            }
            _ => return None,
        };
        let last = names.last()?.clone();
        let targets = match names.split_first() {
            // `Self::V`: the type is the value's own if it is an enum of the project at all.
            Some((first, _)) if first == "Self" => vec![Target::Variant(value.of, last.as_str().into())],
            _ => self.world.resolve(self.scope(), &names, false),
        };
        targets.iter().find_map(|target| match target {
            Target::Variant(of, name) => Some(*of == value.of && *name == value.name),
            _ => None,
        })
    }
}

/// The parts of a tuple or list, or as many unknown ones.
fn parts(value: &Value, count: usize) -> Vec<Value> {
    match value.present() {
        Value::Tuple(all) | Value::List(all) => all.as_ref().clone(),
        other => vec![part_of(other); count],
    }
}

/// A part of a value whose parts are not known: what is in the whole may be in the part.
pub(super) fn part_of(value: &Value) -> Value {
    match value.present() {
        Value::Router(it) => Value::Router(it.clone()),
        Value::Unknown(it) => Value::Unknown(Unknown { of: None, path: None, ..it.clone() }),
        _ => Value::Unknown(Unknown { is_param: value.is_param(), ..Unknown::default() }),
    }
}

pub(super) fn with_field(whole: Value, fields: &[&str], value: Value) -> Option<Value> {
    let Some((first, rest)) = fields.split_first() else { return Some(value) };
    let mut record = match whole {
        Value::Record(record) => record,
        Value::Unknown(it) => {
            Rc::new(crate::value::Record { of: it.of, is_param: it.is_param, ..Default::default() })
        }
        _ => return None,
    };
    let it = Rc::make_mut(&mut record);
    let inner = it
        .fields
        .get(*first)
        .cloned()
        .unwrap_or_else(|| Value::Unknown(Unknown { is_param: it.is_param, ..Unknown::default() }));
    it.fields.insert((*first).to_owned(), with_field(inner, rest, value)?);
    Some(Value::Record(record))
}
