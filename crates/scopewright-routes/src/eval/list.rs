//! Lists: what is done with all elements of one.

use super::{Eval, bind::part_of};
use crate::facts::{Expr, Place};
use crate::value::Value;
use std::rc::Rc;

impl Eval<'_> {
    /// A method of a list whose elements are known. None if it is none that is known.
    pub(super) fn list_method(
        &mut self,
        all: &Rc<Vec<Value>>,
        name: &str,
        arguments: &[Expr],
        place: Place,
    ) -> Option<Value> {
        let result = match (name, arguments) {
            (
                "iter" | "into_iter" | "iter_mut" | "copied" | "cloned" | "collect" | "rev" | "as_slice"
                | "to_vec" | "drain" | "by_ref" | "into_boxed_slice",
                _,
            ) => Value::List(Rc::clone(all)),
            ("flatten", []) => {
                let inner = all.iter().flat_map(|value| match value {
                    Value::List(inner) => inner.as_ref().clone(),
                    Value::Nothing => Vec::new(),
                    other => vec![other.clone()],
                });
                Value::List(Rc::new(inner.collect()))
            }
            ("enumerate", []) => {
                let pairs = all.iter().enumerate().map(|(at, value)| {
                    let at = Value::Number(u64::try_from(at).unwrap_or(u64::MAX));
                    Value::Tuple(Rc::new(vec![at, value.clone()]))
                });
                Value::List(Rc::new(pairs.collect()))
            }
            ("chain", [other]) => match self.expr(other) {
                Value::List(more) => Value::List(Rc::new(all.iter().chain(more.iter()).cloned().collect())),
                _ => return None,
            },
            ("map" | "for_each" | "filter_map" | "flat_map" | "inspect", [with]) => {
                let with = self.expr(with);
                let mut results = Vec::new();
                for value in all.iter() {
                    results.push(self.call_value(&with, vec![value.clone()], place));
                }
                match name {
                    "inspect" => Value::List(Rc::clone(all)),
                    "for_each" => Value::Nothing,
                    _ => Value::List(Rc::new(results)),
                }
            }
            ("filter" | "take_while" | "skip_while", [with]) => {
                self.expr(with);
                Value::List(Rc::clone(all))
            }
            ("fold" | "try_fold", [start, with]) => {
                let mut value = self.expr(start);
                let with = self.expr(with);
                for element in all.iter() {
                    value = self.call_value(&with, vec![value, element.clone()], place);
                }
                value
            }
            ("reduce", [with]) => {
                let with = self.expr(with);
                let mut elements = all.iter().cloned();
                let mut value = elements.next().unwrap_or(Value::Nothing);
                for element in elements {
                    value = self.call_value(&with, vec![value, element], place);
                }
                value
            }
            ("first", []) => all.first().cloned().unwrap_or(Value::Nothing),
            ("last" | "pop", []) => all.last().cloned().unwrap_or(Value::Nothing),
            ("join" | "concat", arguments) if all.iter().all(|value| matches!(value, Value::Text(_))) => {
                let separator = arguments.first().map(|separator| self.expr(separator));
                let mut parts = Vec::new();
                for (at, value) in all.iter().enumerate() {
                    if let (true, Some(separator)) = (at > 0, &separator) {
                        parts.push(separator.clone());
                    }
                    parts.push(value.clone());
                }
                self.concatenated(&parts)
            }
            ("next" | "get", _) => {
                let values = all.iter().map(|value| ("one of them".into(), value.clone())).collect();
                self.all(arguments);
                self.union(values)
            }
            _ => return None,
        };
        Some(result)
    }

    /// `list.push(x)`: the list afterwards.
    pub(super) fn pushed(&mut self, list: &Value, name: &str, arguments: &[Expr]) -> Option<Value> {
        let Value::List(all) = list else { return None };
        let values = self.all(arguments);
        let mut all = all.as_ref().clone();
        match (name, values.as_slice()) {
            ("push", [value]) | ("insert", [_, value]) => all.push(value.clone()),
            ("extend" | "append", [Value::List(more)]) => all.extend(more.iter().cloned()),
            ("extend" | "append", [other]) => all.push(part_of(other)),
            _ => return None,
        }
        Some(Value::List(Rc::new(all)))
    }

    /// An element.
    pub(super) fn element(&mut self, list: &Value, index: &Value) -> Value {
        match (list, index) {
            (Value::List(all), Value::Number(at)) => {
                usize::try_from(*at).ok().and_then(|at| all.get(at)).cloned().unwrap_or_else(Value::unknown)
            }
            (Value::List(all), _) => {
                let values = all.iter().map(|value| ("one of them".into(), value.clone())).collect();
                self.union(values)
            }
            (other, _) => part_of(other),
        }
    }
}
