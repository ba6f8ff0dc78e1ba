//! `Option`s that may be empty: what is done with one is done where there is something in it.

use super::Eval;
use super::bind::part_of;
use super::list::elements;
use crate::facts::{Expr, ExprKind, Place};
use crate::value::{IN_A_LOOP, Perhaps, Value};
use std::rc::Rc;

/// Methods after which an `Option` still is one, with the same in it.
const KEEPING: &[&str] = &[
    "as_deref",
    "as_mut",
    "as_ref",
    "clone",
    "cloned",
    "context",
    "copied",
    "into",
    "into_iter",
    "iter",
    "map_err",
    "ok",
    "ok_or",
    "ok_or_else",
    "take",
    "with_context",
];

/// Methods of iterators that no router, route or pair has.
pub(super) fn is_iteration(name: &str) -> bool {
    matches!(
        name,
        "chain"
            | "enumerate"
            | "filter_map"
            | "flat_map"
            | "fold"
            | "for_each"
            | "reduce"
            | "try_fold"
            | "try_for_each"
            | "zip"
    )
}

/// The elements an iteration over something that is no list comes to: an `Option` is iterated as well, and so is what
/// nobody knows. None if it is left to others.
pub(super) fn iterated(value: &Value, name: &str) -> Option<Rc<Vec<Value>>> {
    match value {
        Value::Router(_) | Value::MethodRouter(_) | Value::Tuple(_) => Some(Rc::new(vec![value.clone()])),
        Value::Unknown(_) if matches!(name, "fold" | "try_fold") => {
            Some(Rc::new(vec![Value::perhaps(IN_A_LOOP, part_of(value))]))
        }
        _ => None,
    }
}

impl Eval<'_> {
    /// Does something with an element or the content of an `Option`, where it is there. What is done otherwise is `otherwise`.
    pub(super) fn where_present(
        &mut self,
        element: &Value,
        otherwise: Value,
        run: &mut dyn FnMut(&mut Self, Value) -> Value,
    ) -> Value {
        match element {
            Value::Perhaps(it) if it.condition.is_empty() => self.where_present(&it.value, otherwise, run),
            Value::Perhaps(it) => {
                let inner = otherwise.clone();
                let with = self.branch(&it.condition, |eval| eval.where_present(&it.value, inner, run));
                let without = self.branch("otherwise", |_| otherwise);
                self.join(vec![with, without])
            }
            value => run(self, value.clone()),
        }
    }

    /// The same for what makes another element of each.
    pub(super) fn mapped(
        &mut self,
        element: &Value,
        run: &mut dyn FnMut(&mut Self, Value) -> Value,
    ) -> Value {
        match element {
            Value::Perhaps(it) => {
                let made = if it.condition.is_empty() {
                    self.mapped(&it.value, run)
                } else {
                    let with = self.branch(&it.condition, |eval| eval.mapped(&it.value, run));
                    let made = with.value();
                    let without = self.branch("otherwise", |_| Value::Nothing);
                    self.join(vec![with, without]);
                    made
                };
                Value::perhaps(Rc::clone(&it.condition), made)
            }
            value => run(self, value.clone()),
        }
    }

    /// A method of an `Option` that may be empty. None if it is one of what is in it.
    pub(super) fn option_method(
        &mut self,
        of: &Rc<Perhaps>,
        name: &str,
        arguments: &[Expr],
        place: Place,
    ) -> Option<Value> {
        let whole = Value::Perhaps(Rc::clone(of));
        if KEEPING.contains(&name) {
            self.all(arguments);
            return Some(whole);
        }
        match (name, arguments) {
            ("is_some" | "is_none" | "is_ok" | "is_err", []) => Some(Value::unknown()),
            ("unwrap_or_default", []) => Some(self.union(vec![
                (Rc::clone(&of.condition), of.value.clone()),
                ("otherwise".into(), Value::Nothing),
            ])),
            ("map" | "and_then" | "inspect", [with]) => {
                let with = self.expr(with);
                let result =
                    self.mapped(&whole, &mut |eval, value| eval.call_value(&with, vec![value], place));
                Some(if name == "inspect" { whole } else { result })
            }
            ("filter", [with]) => {
                let text = self.written(with.place);
                let with = self.expr(with);
                self.sifted(&whole, &with, &text, place)
            }
            (name, _) if is_iteration(name) || matches!(name, "flatten" | "collect" | "last" | "next") => {
                let all = elements(&whole)?;
                let values = self.all(arguments);
                self.list_method(&Rc::new(all), name, &[], &values, place)
            }
            _ => None,
        }
    }

    /// `on.then(|| x)` and `on.then_some(x)`: x, if so. None if it is another `then`.
    pub(super) fn made_if(
        &mut self,
        flag: &Value,
        name: &str,
        arguments: &[Expr],
        written: Place,
    ) -> Option<Value> {
        let [made] = arguments else { return None };
        let is_ours = match (name, &made.kind) {
            ("then", ExprKind::Closure { params, .. }) => params.is_empty(),
            ("then_some", _) | ("then", ExprKind::Path(_)) => true,
            _ => false,
        };
        if !is_ours || !matches!(flag, Value::Flag(_) | Value::Unknown(_)) {
            return None;
        }
        let text = self.written_receiver(written, name);
        let condition: Rc<str> = format!("if {text}").into();
        let made_of = self.expr(made);
        let run = |eval: &mut Self| match name {
            "then" => eval.call_value(&made_of, Vec::new(), made.place),
            _ => made_of.clone(),
        };
        if matches!(flag, Value::Flag(true)) {
            return Some(run(self));
        }
        // What is off here is not: another build, or a change that was not seen, may switch it on.
        let with = self.branch(&condition, run);
        let value = with.value();
        let without = self.branch("otherwise", |_| Value::Nothing);
        self.join(vec![with, without]);
        let value = if matches!(value, Value::Never) { Value::Nothing } else { value };
        Some(Value::perhaps(condition, value))
    }

    /// A text of the source, shortened.
    pub(super) fn written(&self, place: Place) -> String {
        const LONGEST: usize = 60;
        let file = self.here(place).file;
        let Some(file) = self.world.files.get(file.0) else { return String::new() };
        let mut text = String::new();
        let first = usize::try_from(place.line).unwrap_or(1).saturating_sub(1);
        let count = usize::try_from(place.end_line.saturating_sub(place.line)).unwrap_or(0) + 1;
        for (at, line) in file.text.lines().enumerate().skip(first).take(count) {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let from = if number == place.line { place.column.saturating_sub(1) } else { 0 };
            let to = if number == place.end_line { place.end_column.saturating_sub(1) } else { u32::MAX };
            let (from, to) = (usize::try_from(from).unwrap_or(0), usize::try_from(to).unwrap_or(usize::MAX));
            text.extend(line.chars().take(to).skip(from));
            text.push(' ');
            if text.len() > 8 * LONGEST {
                break;
            }
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() <= LONGEST {
            return text;
        }
        let mut short: String = text.chars().take(LONGEST - 1).collect();
        short.push('…');
        short
    }

    /// The receiver of a method as it is written, shortened. `to_method` reaches from the receiver to the method's end.
    fn written_receiver(&self, to_method: Place, name: &str) -> String {
        let whole = self.written(to_method);
        let receiver = whole.rfind(&format!(".{name}")).and_then(|at| whole.get(..at)).unwrap_or(&whole);
        let receiver = receiver.trim();
        let is_open = receiver.matches(')').count() > receiver.matches('(').count();
        receiver.strip_suffix(')').filter(|_| is_open).unwrap_or(receiver).to_owned()
    }
}
