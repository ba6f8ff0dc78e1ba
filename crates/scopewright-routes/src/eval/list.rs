//! Lists: what is made of the elements of one. An element may be a [`Value::Perhaps`]: what is done with it is done where
//! it is there, and what comes after it has no certain place.

use super::Eval;
use super::bind::part_of;
use crate::facts::{Place, Type};
use crate::value::{IF_THERE_IS_ONE, IN_A_LOOP, Value};
use std::rc::Rc;

/// More elements than this are not followed.
const MOST_ELEMENTS: usize = 4096;
/// More numbers of a range than this are not followed.
const MOST_NUMBERS: u64 = 512;

/// The condition of an element of which only one is taken.
const ONE_OF_THEM: &str = "one of them";

/// Methods that leave a list as it is, whatever they come to.
pub(super) fn only_reads(name: &str) -> bool {
    matches!(
        name,
        "all"
            | "any"
            | "binary_search"
            | "capacity"
            | "contains"
            | "contains_key"
            | "count"
            | "cycle"
            | "ends_with"
            | "is_empty"
            | "len"
            | "max"
            | "min"
            | "position"
            | "product"
            | "reserve"
            | "shrink_to_fit"
            | "size_hint"
            | "starts_with"
            | "sum"
    )
}

/// Whether an element has no place of its own, or is there more than once.
fn is_placeless(element: &Value) -> bool {
    match element {
        Value::Perhaps(it) => {
            matches!(&*it.condition, "" | IN_A_LOOP | IF_THERE_IS_ONE) || is_placeless(&it.value)
        }
        _ => false,
    }
}

/// The places an element may have: the first, and the last if there is one.
fn places(all: &[Value], at: usize) -> (usize, Option<usize>) {
    let before = all.get(..at).unwrap_or_default();
    let certain = before.iter().filter(|element| !matches!(element, Value::Perhaps(_))).count();
    let is_bounded = !before.iter().chain(all.get(at)).any(is_placeless);
    (certain, is_bounded.then_some(at))
}

/// Whether all elements are there, each in its place.
pub(super) fn is_certain(all: &[Value]) -> bool {
    !all.iter().any(|element| matches!(element, Value::Perhaps(_)))
}

/// Where an element stands in its list.
fn number_of(all: &[Value], at: usize) -> Value {
    match places(all, at) {
        (first, Some(last)) if first == last => Value::Number(u64::try_from(first).unwrap_or(u64::MAX)),
        _ if all.iter().any(Value::is_param) => Value::param(None),
        _ => Value::unknown(),
    }
}

/// `a..b`: its numbers, if they are known and not too many.
pub(super) fn range(start: &Value, end: &Value, is_closed: bool) -> Value {
    let is_param = start.is_param() || end.is_param();
    let (Value::Number(start), Value::Number(end)) = (start.present(), end.present()) else {
        return if is_param { Value::param(None) } else { Value::unknown() };
    };
    let end = if is_closed { end.saturating_add(1) } else { *end };
    if end.saturating_sub(*start) > MOST_NUMBERS {
        return Value::unknown();
    }
    Value::List(Rc::new((*start..end).map(Value::Number).collect()))
}

/// The elements of what can be iterated. None if they are not known.
pub(super) fn elements(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(all) => Some(all.as_ref().clone()),
        Value::Nothing => Some(Vec::new()),
        Value::Perhaps(it) => {
            let all = elements(&it.value)?.into_iter();
            Some(all.map(|value| Value::perhaps(Rc::clone(&it.condition), value)).collect())
        }
        Value::OneOf(all) => {
            let mut found = Vec::new();
            for (condition, value) in all.iter() {
                let inner = elements(value)?.into_iter();
                found.extend(inner.map(|value| Value::perhaps(Rc::clone(condition), value)));
            }
            Some(found)
        }
        Value::Unknown(_) | Value::Never | Value::Number(_) | Value::Flag(_) => None,
        // An `Option` with this in it.
        value => Some(vec![value.clone()]),
    }
}

/// What a list consists of whose places a method looks at: those it surely takes, those it may take.
pub(super) fn placed(all: &[Value], name: &str, is_taken: impl Fn(usize) -> bool) -> Vec<Value> {
    let mut left = Vec::new();
    for (at, element) in all.iter().enumerate() {
        let taken = match places(all, at) {
            (first, Some(last)) => {
                let every: Vec<bool> = (first..=last).map(&is_taken).collect();
                if every.iter().all(|taken| *taken) {
                    Some(true)
                } else if every.contains(&true) {
                    None
                } else {
                    Some(false)
                }
            }
            _ => None,
        };
        match taken {
            Some(true) => left.push(element.clone()),
            Some(false) => {}
            None => left.push(Value::perhaps(format!("if `{name}` leaves it"), element.clone())),
        }
    }
    left
}

/// What `take`, `skip` and `step_by` leave.
fn kept(all: &[Value], name: &str, values: &[Value]) -> Option<Vec<Value>> {
    Some(match (name, values) {
        ("take", [Value::Number(count)]) => placed(all, name, |at| (at as u64) < *count),
        ("skip", [Value::Number(count)]) => placed(all, name, |at| (at as u64) >= *count),
        ("step_by", [Value::Number(step)]) if *step > 0 => {
            placed(all, name, |at| (at as u64).is_multiple_of(*step))
        }
        ("take" | "skip" | "step_by", [_]) => {
            let condition = format!("if `{name}` leaves it");
            all.iter().map(|element| Value::perhaps(condition.as_str(), element.clone())).collect()
        }
        _ => return None,
    })
}

/// The elements of elements.
fn flattened(all: &[Value]) -> Vec<Value> {
    let mut flat = Vec::new();
    for element in all {
        match elements(element) {
            Some(inner) => flat.extend(inner),
            None => flat.push(match element {
                // How many there are is not known.
                Value::Unknown(_) => Value::perhaps(IN_A_LOOP, part_of(element)),
                other => other.clone(),
            }),
        }
    }
    flat
}

impl Eval<'_> {
    /// A list, unless it has more elements than can be followed.
    pub(super) fn list(&mut self, all: Vec<Value>) -> Value {
        if all.len() <= MOST_ELEMENTS {
            return Value::List(Rc::new(all));
        }
        if all.iter().any(Value::is_routed) {
            let help = "register these routes in several smaller lists, or one by one";
            self.lose_router(self.place, "this list has too many elements to be followed", help);
        }
        Value::unknown()
    }

    /// What a predicate leaves of an element. None if that is nothing.
    pub(super) fn sifted(
        &mut self,
        element: &Value,
        with: &Value,
        text: &str,
        place: Place,
    ) -> Option<Value> {
        let mut answer = Value::unknown();
        self.mapped(element, &mut |eval, value| {
            answer = eval.call_value(with, vec![value], place);
            Value::Nothing
        });
        match answer.present() {
            Value::Flag(true) => Some(element.clone()),
            Value::Flag(false) => None,
            _ => Some(Value::perhaps(format!("if {text}"), element.clone())),
        }
    }

    /// How a predicate is written.
    pub(super) fn predicate(&self, with: &Value) -> String {
        match with {
            Value::Closure(closure)
                if Some(closure.location.file) == self.frame().map(|frame| frame.file) =>
            {
                self.written(closure.location.place)
            }
            _ => "it is chosen".to_owned(),
        }
    }

    /// Elements, each with that of another list.
    pub(crate) fn zipped(&mut self, left: &Value, right: &Value) -> Option<Value> {
        let all = elements(left)?;
        let others = elements(right);
        let is_param = left.is_param() || right.is_param();
        let unknown = if is_param { Value::param(None) } else { Value::unknown() };
        let are_placed = is_certain(&all) && others.as_deref().is_some_and(is_certain);
        if !are_placed {
            let mut pairs = Vec::new();
            for element in &all {
                let unknown = unknown.clone();
                pairs.push(
                    self.mapped(element, &mut |_, value| Value::Tuple(Rc::new(vec![value, unknown.clone()]))),
                );
            }
            return Some(self.list(pairs));
        }
        let others = others.unwrap_or_default();
        let pairs = all.into_iter().zip(others).map(|(left, right)| Value::Tuple(Rc::new(vec![left, right])));
        Some(Value::List(Rc::new(pairs.collect())))
    }

    /// The first element, or any of those that may be the first.
    pub(super) fn first_of<'e>(&mut self, all: impl Iterator<Item = &'e Value>) -> Value {
        let mut candidates = Vec::new();
        for element in all {
            match element {
                Value::Perhaps(it) => candidates.push((Rc::clone(&it.condition), it.value.clone())),
                certain if candidates.is_empty() => return certain.clone(),
                certain => {
                    candidates.push(("otherwise".into(), certain.clone()));
                    return self.union(candidates);
                }
            }
        }
        for (condition, _) in &mut candidates {
            if condition.is_empty() {
                *condition = ONE_OF_THEM.into();
            }
        }
        if let [(condition, value)] = candidates.as_slice() {
            return Value::perhaps(Rc::clone(condition), value.clone());
        }
        candidates.push(("otherwise".into(), Value::Nothing));
        self.union(candidates)
    }

    /// Any of the elements.
    pub(super) fn any_of(&mut self, all: &[Value]) -> Value {
        let values = all.iter().map(|value| (ONE_OF_THEM.into(), value.present().clone())).collect();
        if all.is_empty() { Value::Nothing } else { self.union(values) }
    }

    /// The parts at a place of elements that are pairs: the keys or the values of a map.
    fn halves(&mut self, all: &[Value], at: &str) -> Vec<Value> {
        let mut halves = Vec::new();
        for element in all {
            halves.push(self.mapped(element, &mut |eval, value| eval.field(&value, at)));
        }
        halves
    }

    /// A method of a list whose elements are known, that leaves it as it is. None if it is none that is known.
    pub(super) fn list_method(
        &mut self,
        all: &Rc<Vec<Value>>,
        name: &str,
        turbofish: &[Type],
        values: &[Value],
        place: Place,
    ) -> Option<Value> {
        if let Some(made) = self.other_order(all, name, values) {
            return Some(self.list(made));
        }
        if let Some(made) = self.made_of_each(all, name, values, place).or_else(|| kept(all, name, values)) {
            return Some(self.list(made));
        }
        if let Some(result) = self.put_together(all, name, values, place) {
            return Some(result);
        }
        if let Some(result) = self.one_taken(all, name, values, place) {
            return Some(result);
        }
        match (name, values) {
            ("collect", []) => Some(self.collected(all, turbofish)),
            (
                "iter" | "into_iter" | "copied" | "cloned" | "as_slice" | "to_vec" | "by_ref" | "fuse"
                | "peekable" | "into_boxed_slice" | "into_vec" | "inspect" | "as_ref" | "borrow" | "clone"
                | "to_owned" | "into",
                [],
            ) => Some(Value::List(Rc::clone(all))),
            ("inspect", [with]) => {
                for element in all.iter() {
                    self.mapped(element, &mut |eval, value| eval.call_value(with, vec![value], place));
                }
                Some(Value::List(Rc::clone(all)))
            }
            ("unzip", []) => {
                let (left, right) = (self.halves(all, "0"), self.halves(all, "1"));
                let pair = [left, right].map(|half| Value::List(Rc::new(half)));
                Some(Value::Tuple(Rc::new(pair.into())))
            }
            ("zip", [other]) => self.zipped(&Value::List(Rc::clone(all)), other),
            ("partition", [with]) => {
                let text = self.predicate(with);
                let (mut left, mut right) = (Vec::new(), Vec::new());
                for element in all.iter() {
                    match self.sifted(element, with, &text, place) {
                        Some(Value::Perhaps(it)) if *it.condition == format!("if {text}") => {
                            right.push(Value::perhaps(format!("unless {text}"), it.value.clone()));
                            left.push(Value::Perhaps(it));
                        }
                        Some(value) => left.push(value),
                        None => right.push(element.clone()),
                    }
                }
                let pair = [left, right].map(|half| Value::List(Rc::new(half)));
                Some(Value::Tuple(Rc::new(pair.into())))
            }
            ("len" | "count", []) if is_certain(all) => {
                Some(Value::Number(u64::try_from(all.len()).unwrap_or(u64::MAX)))
            }
            ("is_empty", []) if is_certain(all) => Some(Value::Flag(all.is_empty())),
            ("max_by_key" | "min_by_key" | "max_by" | "min_by", [_]) => Some(self.any_of(all)),
            ("join" | "concat", separator) if all.iter().all(is_text) => {
                let mut parts = Vec::new();
                for (at, value) in all.iter().enumerate() {
                    if let (true, Some(separator)) = (at > 0, separator.first()) {
                        parts.push(separator.clone());
                    }
                    parts.push(value.clone());
                }
                Some(self.concatenated(&parts))
            }
            _ => None,
        }
    }

    /// The elements in another order, or with something else beside them.
    fn other_order(&mut self, all: &Rc<Vec<Value>>, name: &str, values: &[Value]) -> Option<Vec<Value>> {
        Some(match (name, values) {
            ("rev", []) => all.iter().rev().cloned().collect(),
            ("values" | "into_values", []) => self.halves(all, "1"),
            ("keys" | "into_keys", []) => self.halves(all, "0"),
            ("flatten" | "concat", []) if name == "flatten" || !all.iter().all(is_text) => flattened(all),
            ("enumerate", []) => {
                let mut pairs = Vec::new();
                for (at, element) in all.iter().enumerate() {
                    let number = number_of(all, at);
                    pairs.push(
                        self.mapped(element, &mut |_, value| {
                            Value::Tuple(Rc::new(vec![number.clone(), value]))
                        }),
                    );
                }
                pairs
            }
            ("chain", [other]) => {
                let unknown = || vec![Value::perhaps(IN_A_LOOP, part_of(other))];
                all.iter().cloned().chain(elements(other).unwrap_or_else(unknown)).collect()
            }
            _ => return None,
        })
    }

    /// What a closure makes or leaves of each element.
    fn made_of_each(
        &mut self,
        all: &Rc<Vec<Value>>,
        name: &str,
        values: &[Value],
        place: Place,
    ) -> Option<Vec<Value>> {
        Some(match (name, values) {
            ("map" | "filter_map" | "flat_map" | "map_while", [with]) => {
                let mut results = Vec::new();
                for element in all.iter() {
                    let result =
                        self.mapped(element, &mut |eval, value| eval.call_value(with, vec![value], place));
                    // What comes to nothing in an `Option` is left out; a closure that never returns has no result.
                    if !matches!(result, Value::Never) {
                        results.push(result);
                    }
                }
                match name {
                    "flat_map" => flattened(&results),
                    "map" => results,
                    _ => results.into_iter().filter(|result| !matches!(result, Value::Nothing)).collect(),
                }
            }
            ("filter", [with]) => {
                let text = self.predicate(with);
                let mut left = Vec::new();
                for element in all.iter() {
                    left.extend(self.sifted(element, with, &text, place));
                }
                left
            }
            ("take_while" | "skip_while", [with]) => self.while_so(all, name == "take_while", with, place),
            _ => return None,
        })
    }

    /// What a closure makes of all elements.
    fn put_together(
        &mut self,
        all: &Rc<Vec<Value>>,
        name: &str,
        values: &[Value],
        place: Place,
    ) -> Option<Value> {
        match (name, values) {
            ("for_each" | "try_for_each", [with]) => {
                for element in all.iter() {
                    self.mapped(element, &mut |eval, value| eval.call_value(with, vec![value], place));
                }
                Some(Value::Nothing)
            }
            ("fold" | "try_fold", [start, with]) => {
                let mut value = start.clone();
                for element in all.iter() {
                    let before = value.clone();
                    value = self.where_present(element, before.clone(), &mut |eval, element| {
                        eval.call_value(with, vec![before.clone(), element], place)
                    });
                }
                Some(value)
            }
            ("reduce", [with]) => {
                let mut value = Value::Nothing;
                for element in all.iter() {
                    let before = value.clone();
                    value = self.where_present(element, before.clone(), &mut |eval, element| match &before {
                        Value::Nothing => element,
                        before => eval.call_value(with, vec![before.present().clone(), element], place),
                    });
                }
                Some(value)
            }
            _ => None,
        }
    }

    /// One of the elements, or what a closure makes of one.
    fn one_taken(
        &mut self,
        all: &Rc<Vec<Value>>,
        name: &str,
        values: &[Value],
        place: Place,
    ) -> Option<Value> {
        match (name, values) {
            ("find", [with]) => {
                let text = self.predicate(with);
                let mut found = Vec::new();
                for element in all.iter() {
                    let Some(left) = self.sifted(element, with, &text, place) else { continue };
                    let is_it = !matches!(left, Value::Perhaps(_));
                    found.push(left);
                    if is_it {
                        break;
                    }
                }
                Some(self.first_of(found.iter()))
            }
            ("find_map", [with]) => {
                let mut found = Vec::new();
                for element in all.iter() {
                    let made =
                        self.mapped(element, &mut |eval, value| eval.call_value(with, vec![value], place));
                    if !matches!(made, Value::Nothing | Value::Never) {
                        found.push(Value::perhaps(IF_THERE_IS_ONE, made));
                    }
                }
                Some(self.first_of(found.iter()))
            }
            ("first" | "peek" | "front" | "first_key_value", []) => Some(self.first_of(all.iter())),
            ("last" | "back" | "last_key_value", []) => Some(self.first_of(all.iter().rev())),
            ("split_first" | "split_last", []) => {
                let name = if name == "split_first" { "next" } else { "pop" };
                let (rest, taken) = self.changed_list(all, name, &[], &[], place)?;
                let rest = self.list(rest);
                Some(Value::Tuple(Rc::new(vec![taken, rest])))
            }
            ("get", [index]) => Some(self.at(all, index)),
            _ => None,
        }
    }

    /// What `collect` makes of the elements.
    fn collected(&mut self, all: &Rc<Vec<Value>>, turbofish: &[Type]) -> Value {
        let of = match turbofish.first().map(Type::inner) {
            Some(Type::Path(path)) => path.last(),
            _ => "",
        };
        match of {
            // All of them, or nothing.
            "Option" | "Result" => {
                let whole =
                    Value::List(Rc::new(all.iter().map(|element| element.present().clone()).collect()));
                let mut conditions = all.iter().filter_map(|element| match element {
                    Value::Perhaps(it) if !it.condition.is_empty() => Some(Rc::clone(&it.condition)),
                    _ => None,
                });
                match conditions.next() {
                    Some(condition) => Value::perhaps(condition, whole),
                    None => whole,
                }
            }
            "String" if all.iter().all(is_text) => self.concatenated(all),
            _ => Value::List(Rc::clone(all)),
        }
    }

    /// `take_while`, `skip_while`
    fn while_so(&mut self, all: &[Value], takes: bool, with: &Value, place: Place) -> Vec<Value> {
        let text = self.predicate(with);
        let (mut is_over, mut is_doubted) = (false, false);
        let mut left = Vec::new();
        for element in all {
            if is_over {
                if !takes {
                    left.push(element.clone());
                }
                continue;
            }
            let so = self.sifted(element, with, &text, place);
            let is_certain = !matches!(element, Value::Perhaps(_));
            let name = if takes { "take_while" } else { "skip_while" };
            let doubted = Value::perhaps(format!("if `{name}` leaves it"), element.clone());
            match so {
                Some(Value::Perhaps(_)) if is_certain => {
                    is_doubted = true;
                    left.push(doubted);
                }
                // It holds, where the element is there at all.
                Some(_) if takes => left.push(if is_doubted { doubted } else { element.clone() }),
                Some(_) => {
                    if is_doubted {
                        left.push(doubted);
                    }
                    // What is not certain may be what ended it.
                    is_doubted |= !is_certain;
                }
                None if is_certain => {
                    is_over = true;
                    if !takes {
                        left.push(element.clone());
                    }
                }
                None => {
                    is_doubted = true;
                    if !takes {
                        left.push(element.clone());
                    }
                }
            }
        }
        left
    }

    /// The element at an index or of a key: none, one, or any of those it may be.
    pub(super) fn at(&mut self, all: &[Value], index: &Value) -> Value {
        match index.present() {
            Value::Number(wanted) => {
                let mut found = Vec::new();
                for (at, element) in all.iter().enumerate() {
                    let (first, last) = places(all, at);
                    let last = last.map_or(u64::MAX, |last| last as u64);
                    if (first as u64..=last).contains(wanted) {
                        found.push(element.clone());
                    }
                }
                match found.as_slice() {
                    [] => Value::Nothing,
                    [only] => only.clone(),
                    _ => self.any_of(&found),
                }
            }
            Value::Text(wanted) => {
                let mut found = Vec::new();
                for element in all {
                    let Value::Tuple(pair) = element.present() else { return self.any_of(all) };
                    let [key, value] = pair.as_slice() else { return self.any_of(all) };
                    match key.present() {
                        Value::Text(key) if key != wanted => {}
                        _ => found.push(value.clone()),
                    }
                }
                self.any_of(&found)
            }
            _ => self.any_of(all),
        }
    }

    /// An element, as `list[index]`.
    pub(super) fn element(&mut self, list: &Value, index: &Value) -> Value {
        match (list.present(), index.present()) {
            (Value::List(all), Value::Number(_) | Value::Text(_) | Value::Unknown(_) | Value::OneOf(_)) => {
                let found = self.at(all, index);
                if matches!(found, Value::Nothing) { Value::unknown() } else { found.present().clone() }
            }
            // A part of it.
            (Value::List(all), Value::List(taken)) if is_certain(taken) => {
                let is_taken = |at: usize| {
                    taken.iter().any(|number| matches!(number, Value::Number(number) if *number == at as u64))
                };
                let part = placed(all, "this range", is_taken);
                Value::List(Rc::new(part))
            }
            (other, _) => part_of(other),
        }
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::Text(_))
}
