//! Lists: what changes one where it is.

use super::Eval;
use super::bind::part_of;
use super::list::{elements, is_certain, placed};
use crate::facts::{Expr, ExprKind, Place};
use crate::value::{IN_A_LOOP, Value};
use std::rc::Rc;

/// A list whose elements may be changed from here on: what a flag, a text or a number in it is, nobody knows.
fn loosened(value: &Value) -> Value {
    match value {
        Value::List(all) => Value::List(Rc::new(all.iter().map(loosened).collect())),
        Value::Tuple(all) => Value::Tuple(Rc::new(all.iter().map(loosened).collect())),
        Value::Perhaps(it) => Value::perhaps(Rc::clone(&it.condition), loosened(&it.value)),
        Value::Record(record) => {
            let mut record = record.as_ref().clone();
            record.fields.values_mut().for_each(|field| *field = loosened(field));
            Value::Record(Rc::new(record))
        }
        Value::Flag(_) | Value::Text(_) | Value::Number(_) => Value::unknown(),
        other => other.clone(),
    }
}

/// Whether an element is a key and its value, and the other value is none.
fn is_pair_beside(element: &Value, other: &Value) -> bool {
    let is_pair = |value: &Value| matches!(value.present(), Value::Tuple(pair) if pair.len() == 2);
    is_pair(element) && !is_pair(other)
}

/// Elements of which some are gone, and nobody knows which.
fn some_of(all: &[Value], name: &str) -> Vec<Value> {
    let condition: Rc<str> = format!("if `{name}` leaves it").into();
    all.iter().map(|element| Value::perhaps(Rc::clone(&condition), element.clone())).collect()
}

/// `vec.insert(at, value)`, `map.insert(key, value)`: what a list of pairs is given beside a value that is none is a
/// key.
fn inserted(all: &mut Vec<Value>, key: &Value, value: &Value) {
    let is_map = matches!(key.present(), Value::Text(_))
        || all.first().is_some_and(|element| is_pair_beside(element, value));
    if is_map {
        // A key that is there already is given another value.
        let is_same_key = |element: &Value| match (element, key) {
            (Value::Tuple(pair), Value::Text(key)) => {
                matches!(pair.first(), Some(Value::Text(known)) if known == key)
            }
            _ => false,
        };
        all.retain(|element| !is_same_key(element));
        all.push(Value::Tuple(Rc::new(vec![key.clone(), value.clone()])));
        return;
    }
    match key.present() {
        Value::Number(at) if is_certain(all) => {
            let at = usize::try_from(*at).unwrap_or(usize::MAX).min(all.len());
            all.insert(at, value.clone());
        }
        _ => {
            let moved = all.iter().map(|element| Value::perhaps("", element.clone()));
            *all = moved.collect();
            all.push(Value::perhaps("", value.clone()));
        }
    }
}

impl Eval<'_> {
    /// A method that changes a list: what is left of it, and the result. None if it is none that is known.
    pub(super) fn changed_list(
        &mut self,
        all: &Rc<Vec<Value>>,
        name: &str,
        values: &[Value],
        arguments: &[Expr],
        place: Place,
    ) -> Option<(Vec<Value>, Value)> {
        let mut left = all.as_ref().clone();
        let result = self
            .grown(&mut left, name, values, arguments)
            .or_else(|| self.shrunk(&mut left, all, name, (values, arguments), place))
            .or_else(|| self.taken_from(&mut left, all, name, values))
            .or_else(|| self.loosened(&mut left, all, name, values, place))?;
        Some((left, result))
    }

    /// What adds elements.
    fn grown(
        &mut self,
        left: &mut Vec<Value>,
        name: &str,
        values: &[Value],
        arguments: &[Expr],
    ) -> Option<Value> {
        let result = match (name, values) {
            ("push" | "push_back", [value]) => {
                left.push(value.clone());
                Value::Nothing
            }
            ("push_front", [value]) => {
                left.insert(0, value.clone());
                Value::Nothing
            }
            ("insert", [value]) => {
                left.push(value.clone());
                Value::unknown()
            }
            ("insert", [key, value]) => {
                inserted(left, key, value);
                Value::Nothing
            }
            ("extend" | "append" | "extend_from_slice", [more]) => {
                match elements(more) {
                    Some(more) => left.extend(more),
                    None => left.push(Value::perhaps(IN_A_LOOP, part_of(more))),
                }
                if let ("append", [Expr { kind: ExprKind::Exclusive(other), .. }]) = (name, arguments) {
                    self.assign(other, Value::List(Rc::default()));
                }
                Value::Nothing
            }
            _ => return None,
        };
        Some(result)
    }

    /// What takes several elements out.
    fn shrunk(
        &mut self,
        left: &mut Vec<Value>,
        all: &Rc<Vec<Value>>,
        name: &str,
        (values, arguments): (&[Value], &[Expr]),
        place: Place,
    ) -> Option<Value> {
        let result = match (name, values) {
            ("retain" | "retain_mut", [with]) => {
                let text = self.predicate(with);
                left.clear();
                for element in all.iter() {
                    left.extend(self.sifted(element, with, &text, place));
                }
                Value::Nothing
            }
            ("clear", []) => {
                left.clear();
                Value::Nothing
            }
            ("drain", _) => match (values, arguments) {
                // All of it.
                ([], _) | (_, [Expr { kind: ExprKind::Range { start: None, end: None, .. }, .. }]) => {
                    left.clear();
                    Value::List(Rc::clone(all))
                }
                _ => {
                    *left = some_of(all, name);
                    Value::List(Rc::new(some_of(all, name)))
                }
            },
            ("split_off", [at]) => {
                let after = if let Value::Number(count) = at.present() {
                    *left = placed(all, name, |at| (at as u64) < *count);
                    placed(all, name, |at| (at as u64) >= *count)
                } else {
                    *left = some_of(all, name);
                    some_of(all, name)
                };
                Value::List(Rc::new(after))
            }
            ("truncate", [Value::Number(count)]) => {
                *left = placed(all, name, |at| (at as u64) < *count);
                Value::Nothing
            }
            ("truncate", [_]) => {
                *left = some_of(all, name);
                Value::Nothing
            }
            _ => return None,
        };
        Some(result)
    }

    /// What takes one element out.
    fn taken_from(
        &mut self,
        left: &mut Vec<Value>,
        all: &Rc<Vec<Value>>,
        name: &str,
        values: &[Value],
    ) -> Option<Value> {
        let result = match (name, values) {
            ("pop" | "pop_back" | "next_back" | "pop_last", []) => {
                let taken = self.first_of(all.iter().rev());
                if matches!(left.last(), Some(Value::Perhaps(_))) {
                    *left = some_of(all, name);
                } else {
                    left.pop();
                }
                taken
            }
            ("next" | "pop_front" | "pop_first", []) => {
                let taken = self.first_of(all.iter());
                if matches!(left.first(), Some(Value::Perhaps(_))) {
                    *left = some_of(all, name);
                } else if !left.is_empty() {
                    left.remove(0);
                }
                taken
            }
            ("nth", [Value::Number(count)]) => {
                let taken = self.at(all, &Value::Number(*count));
                *left = placed(all, name, |at| (at as u64) > *count);
                taken
            }
            ("nth" | "nth_back", [_]) => {
                *left = some_of(all, name);
                self.any_of(all)
            }
            ("remove" | "swap_remove" | "remove_entry", [at]) => self.removed(left, name, at),
            _ => return None,
        };
        Some(result)
    }

    /// What moves elements, or lets them be changed.
    fn loosened(
        &mut self,
        left: &mut Vec<Value>,
        all: &Rc<Vec<Value>>,
        name: &str,
        values: &[Value],
        place: Place,
    ) -> Option<Value> {
        let result = match (name, values) {
            ("reverse", []) => {
                left.reverse();
                Value::Nothing
            }
            (
                "sort"
                | "sort_unstable"
                | "sort_by"
                | "sort_by_key"
                | "sort_unstable_by"
                | "sort_unstable_by_key"
                | "sort_by_cached_key"
                | "rotate_left"
                | "rotate_right"
                | "swap"
                | "shuffle"
                | "make_contiguous",
                _,
            ) => {
                // All of them are still there, and nobody knows where.
                *left = all.iter().map(|element| Value::perhaps("", element.clone())).collect();
                Value::Nothing
            }
            ("dedup" | "dedup_by" | "dedup_by_key", _) => {
                let first = left.first().cloned();
                *left = first.into_iter().chain(some_of(all.get(1..).unwrap_or_default(), name)).collect();
                Value::Nothing
            }
            (
                "iter_mut" | "get_mut" | "first_mut" | "last_mut" | "front_mut" | "back_mut" | "values_mut"
                | "as_mut_slice" | "as_mut" | "peek_mut",
                _,
            ) => {
                *left = all.iter().map(loosened).collect();
                let result_name = match name {
                    "values_mut" => "values",
                    "get_mut" => "get",
                    "first_mut" | "front_mut" | "peek_mut" => "first",
                    "last_mut" | "back_mut" => "last",
                    _ => "iter",
                };
                self.list_method(all, result_name, &[], values, place)?
            }
            _ => return None,
        };
        Some(result)
    }

    /// `vec.remove(at)`, `map.remove(key)`
    fn removed(&mut self, all: &mut Vec<Value>, name: &str, at: &Value) -> Value {
        let taken = self.at(all, at);
        match at.present() {
            Value::Number(number) if name == "remove" && is_certain(all) => {
                if let Ok(at) = usize::try_from(*number)
                    && at < all.len()
                {
                    all.remove(at);
                }
            }
            _ => *all = some_of(all, name),
        }
        taken
    }
}
