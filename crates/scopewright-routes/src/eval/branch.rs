//! Branches: each is evaluated with variables of its own, then all are one again.

use super::{Binding, Eval, Frame, Jump, JumpKind};
use crate::facts::Block;
use crate::value::{
    self, Entry, EntryKind, IF_THERE_IS_ONE, IN_A_LOOP, Lost, MethodEntry, MethodRouter, Router, Unknown,
    Value, join, within,
};
use scopewright_model::core::RouteKind;
use scopewright_model::{AskedBy, Code};
use std::rc::Rc;

/// More alternatives than this are not told apart.
const MOST_ALTERNATIVES: usize = 64;

/// What a branch came to.
pub(super) struct Branch {
    condition: Rc<str>,
    value: Value,
    /// The variables at its end.
    bindings: Option<Vec<Binding>>,
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
        let bindings = after.map(|after| {
            let Frame { returns, breaks, jumps, bindings, .. } = after;
            if let Some(frame) = self.frame_mut() {
                frame.returns = returns;
                frame.breaks = breaks;
                frame.jumps = jumps;
            }
            bindings
        });
        Branch { condition, value, bindings }
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
            let after = |branch: &Branch| branch.bindings.as_ref()?.get(at).cloned();
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

    /// Evaluates what may happen or not. The value is that of its happening.
    pub(super) fn perhaps(&mut self, run: impl FnOnce(&mut Self) -> Value) -> Value {
        let with = self.branch("if called", run);
        let value = with.value();
        let without = self.branch("otherwise", |_| Value::Nothing);
        self.join(vec![with, without]);
        value
    }

    /// Evaluates what happens any number of times: what changes on the way is not known, except for routers, which
    /// only grow.
    pub(super) fn repeatedly(&mut self, label: Option<&str>, run: impl Fn(&mut Self)) {
        let before: Vec<u64> = self.versions_now();
        let once = self.branch(IN_A_LOOP, |eval| {
            run(eval);
            Value::Nothing
        });
        // Where control left the loop or the round, variables may have changed too.
        let jumps = self.jumps(|jump| jump.is_of_loop(label));
        let ends = once.bindings.iter().chain(jumps.iter().filter_map(|jump| jump.bindings.as_ref()));
        let ends: Vec<Vec<Binding>> = ends.cloned().collect();
        if let Some(frame) = self.frame_mut() {
            for (at, version) in before.iter().enumerate() {
                let is_changed =
                    ends.iter().any(|after| after.get(at).is_some_and(|binding| binding.version != *version));
                if let (true, Some(binding)) = (is_changed, frame.bindings.get_mut(at)) {
                    binding.value = widened(&binding.value);
                }
            }
        }
        let some = self.branch(IN_A_LOOP, |eval| {
            run(eval);
            Value::Nothing
        });
        let mut branches = vec![some, self.branch("otherwise", |_| Value::Nothing)];
        branches.extend(self.jumps(|jump| jump.is_of_loop(label)));
        self.join(branches);
    }

    /// Takes the places where control left.
    pub(super) fn jumps(&mut self, is_wanted: impl Fn(&Jump) -> bool) -> Vec<Branch> {
        let jumps = self.frame_mut().map(|frame| std::mem::take(&mut frame.jumps)).unwrap_or_default();
        let (wanted, others): (Vec<Jump>, Vec<Jump>) = jumps.into_iter().partition(|jump| is_wanted(jump));
        if let Some(frame) = self.frame_mut() {
            frame.jumps = others;
        }
        let branches = wanted.into_iter().map(|jump| Branch {
            condition: jump.condition,
            value: Value::Nothing,
            bindings: Some(jump.bindings),
        });
        branches.collect()
    }

    /// Control leaves: what the variables are is remembered for where it goes.
    pub(super) fn jump(&mut self, kind: JumpKind, label: Option<Rc<str>>) -> Value {
        let condition = self.conditions.last().cloned().unwrap_or_else(|| "otherwise".into());
        if let Some(frame) = self.frame_mut() {
            let bindings = frame.bindings.clone();
            frame.jumps.push(Jump { kind, label, condition, bindings });
        }
        Value::Never
    }

    /// Joins what the variables are here with what they were where control left, if it comes here.
    pub(super) fn join_jumps(&mut self, is_reached: bool, is_wanted: impl Fn(&Jump) -> bool) {
        let branches = self.jumps(is_wanted);
        self.join_branches(is_reached, branches);
    }

    /// The same for branches that are taken already.
    pub(super) fn join_branches(&mut self, is_reached: bool, mut branches: Vec<Branch>) {
        if branches.is_empty() {
            return;
        }
        if is_reached {
            branches.push(self.branch("otherwise", |_| Value::Nothing));
        }
        self.join(branches);
    }

    /// `async { .. }`: it may run at any time, or never. What it returns, and where it stops, is its own.
    pub(super) fn later(&mut self, block: &Block) -> Value {
        let before = self.frame().map(|frame| frame.bindings.clone()).unwrap_or_default();
        let value = self.at_once(block);
        let after = self.frame_mut().map(|frame| std::mem::replace(&mut frame.bindings, before.clone()));
        let end = |condition: &str, bindings| Branch {
            condition: condition.into(),
            value: Value::Nothing,
            bindings,
        };
        self.join(vec![end("once it ran", after), end("otherwise", Some(before))]);
        // Whoever has it goes on, whatever becomes of it.
        if matches!(value, Value::Never) { Value::unknown() } else { value }
    }

    /// `async { .. }.await`
    pub(super) fn at_once(&mut self, block: &Block) -> Value {
        let Some(frame) = self.frame_mut() else { return Value::unknown() };
        let around = (
            std::mem::take(&mut frame.returns),
            std::mem::take(&mut frame.breaks),
            std::mem::take(&mut frame.jumps),
        );
        let value = self.block(block);
        self.join_jumps(!matches!(value, Value::Never), |_| true);
        let value = self.with_returns(value);
        if let Some(frame) = self.frame_mut() {
            (frame.returns, frame.breaks, frame.jumps) = around;
        }
        value
    }

    fn versions_now(&self) -> Vec<u64> {
        self.frame()
            .map_or_else(Vec::new, |frame| frame.bindings.iter().map(|binding| binding.version).collect())
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
        if let Some(list) = self.join_lists(&values) {
            return list;
        }
        let is_router = |value: &Value| matches!(value.present(), Value::Router(_));
        if values.iter().any(|(_, value)| is_router(value)) {
            return Value::Router(self.join_routers(&values));
        }
        if values.iter().any(|(_, value)| matches!(value.present(), Value::MethodRouter(_))) {
            return Value::MethodRouter(self.join_method_routers(&values));
        }
        let something: Vec<(Rc<str>, Value)> =
            values.iter().filter(|(_, value)| !matches!(value, Value::Nothing)).cloned().collect();
        if something.is_empty() {
            return Value::Nothing;
        }
        let mut is_certain = something.len() == values.len();
        let mut alternatives: Vec<(Rc<str>, Value)> = Vec::new();
        for (condition, value) in something {
            is_certain &= !matches!(value, Value::Perhaps(_));
            match value.present().clone() {
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
        // An `Option` of what routes are made of stays one.
        let is_made_of = |value: &Value| matches!(value, Value::Text(_) | Value::Tuple(_));
        let may_be_absent = !is_certain && alternatives.iter().all(|(_, value)| is_made_of(value));
        if alternatives.len() == 1 {
            return match alternatives.pop() {
                Some((condition, value)) if may_be_absent => Value::perhaps(condition, value),
                Some((_, value)) => value,
                None => Value::Never,
            };
        }
        let any = Value::OneOf(Rc::new(alternatives));
        if may_be_absent { Value::perhaps(IF_THERE_IS_ONE, any) } else { any }
    }

    /// Lists that differ by branch are one list: what they begin and end with alike, and between that the rest of each
    /// under its condition. None if they are not all lists.
    fn join_lists(&mut self, values: &[(Rc<str>, Value)]) -> Option<Value> {
        let mut lists = Vec::new();
        for (condition, value) in values {
            match value {
                Value::List(all) => lists.push((condition, all.as_slice())),
                Value::Nothing => lists.push((condition, &[] as &[Value])),
                _ => return None,
            }
        }
        let is_list = |(_, value): &(Rc<str>, Value)| matches!(value, Value::List(_));
        if !values.iter().any(is_list) {
            return None;
        }
        let (_, first) = lists.first()?;
        let shortest = lists.iter().map(|(_, all)| all.len()).min().unwrap_or(0);
        let is_common = |at: &usize| {
            lists
                .iter()
                .all(|(_, all)| first.get(*at).zip(all.get(*at)).is_some_and(|(l, r)| is_identical(l, r)))
        };
        let head = (0..shortest).take_while(is_common).count();
        let is_common = |from_end: &usize| {
            let at = |all: &[Value]| all.len().checked_sub(from_end + 1).and_then(|at| all.get(at)).cloned();
            lists.iter().all(|(_, all)| at(first).zip(at(all)).is_some_and(|(l, r)| is_identical(&l, &r)))
        };
        let tail = (0..shortest - head).take_while(is_common).count();
        let mut joined: Vec<Value> = first.iter().take(head).cloned().collect();
        for (condition, all) in &lists {
            let middle = all.iter().take(all.len() - tail).skip(head).cloned();
            joined.extend(middle.map(|value| Value::perhaps(Rc::clone(condition), value)));
        }
        joined.extend(first.iter().skip(first.len() - tail).cloned());
        Some(self.list(joined))
    }

    fn join_routers(&mut self, values: &[(Rc<str>, Value)]) -> Router {
        let mut all = Vec::new();
        let mut kind = Router::default();
        // Of several the one that asks least: what is true of all.
        let routers = values.iter().filter_map(|(_, value)| match value.present() {
            Value::Router(router) => Some(router.standing),
            _ => None,
        });
        kind.standing = routers.min().unwrap_or_default();
        // One of two places is neither: what is put on it is on one of them, and nobody knows on which.
        let mut places = values.iter().filter_map(|(_, value)| match value {
            Value::Router(router) if router.is_in_place() => Some(router),
            _ => None,
        });
        if let Some(first) = places.next()
            && let Some(mount) = &first.mount
            && !places.all(|other| other.is_same_place(first))
        {
            kind.mount = Some(Rc::new(mount.as_ref().clone()));
        }
        for (condition, value) in values {
            if let Value::Perhaps(it) = value
                && let Value::Router(router) = value.present()
            {
                let conditional = router.map(|entry| Entry {
                    conditions: value::under(&it.condition, &entry.conditions),
                    ..entry.clone()
                });
                kind.foreign = kind.foreign.or_else(|| router.foreign.clone());
                kind.mount = kind.mount.or_else(|| router.mount.clone());
                kind.is_documented |= router.is_documented;
                all.push((Rc::clone(condition), conditional.entries));
                continue;
            }
            match value {
                Value::Router(router) => {
                    kind.foreign = kind.foreign.or_else(|| router.foreign.clone());
                    kind.mount = kind.mount.or_else(|| router.mount.clone());
                    kind.is_documented |= router.is_documented;
                    all.push((Rc::clone(condition), Rc::clone(&router.entries)));
                }
                Value::Nothing => all.push((Rc::clone(condition), Rc::default())),
                other => {
                    let mut router = Router::default();
                    for carried in other.routers() {
                        router.extend(&carried);
                    }
                    if other.is_param() {
                        router.push(Entry::param(self.here(self.place)));
                    } else {
                        let help = "build the router of every branch in a function of this package";
                        self.lose_router(self.place, "in one branch this router can't be followed", help);
                    }
                    all.push((Rc::clone(condition), router.entries));
                }
            }
        }
        let under = |condition: &Rc<str>, entry: &Rc<Entry>| {
            Rc::new(Entry { conditions: within(condition, &entry.conditions), ..entry.as_ref().clone() })
        };
        Router { entries: Rc::new(join(&all, Rc::ptr_eq, under)), ..kind }
    }

    fn join_method_routers(&mut self, values: &[(Rc<str>, Value)]) -> MethodRouter {
        let mut all = Vec::new();
        let mut kind = MethodRouter::default();
        for (condition, value) in values {
            match value.present() {
                Value::MethodRouter(it) => {
                    kind.guard = kind.guard.or_else(|| it.guard.clone());
                    kind.paths = kind.paths.or_else(|| it.paths.clone());
                    all.push((Rc::clone(condition), Rc::clone(&it.entries)));
                }
                // An `Option` of methods that may be empty: they are there under the condition of those that are.
                Value::Nothing => all.push((Rc::clone(condition), Rc::default())),
                other => {
                    let registered = self.here(self.place);
                    let kind = if other.is_param() {
                        EntryKind::Param
                    } else {
                        let lost = Lost {
                            reason: "in one branch the methods of this route are not known".to_owned(),
                            code: Code::UnresolvedMethod,
                            help: "write the route's methods out, as in `get(list).post(create)`".to_owned(),
                            location: registered,
                        };
                        self.lose(&lost);
                        EntryKind::Lost(Rc::new(lost))
                    };
                    let entry = MethodEntry { kind, registered, conditions: Rc::from([]) };
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
        MethodRouter { entries: Rc::new(join(&all, is_same, under)), ..kind }
    }
}

impl Entry {
    /// Whatever is on the router that a parameter holds.
    pub fn param(site: crate::world::Location) -> Self {
        Self {
            kind: EntryKind::Param,
            path: None,
            is_fallback: false,
            asked_by: AskedBy::Nothing,
            route_kind: RouteKind::Route,
            registered: site,
            site,
            conditions: Rc::from([]),
        }
    }
}

/// A value that was changed an unknown number of times.
fn widened(value: &Value) -> Value {
    match value {
        Value::Router(_) | Value::MethodRouter(_) | Value::Record(_) | Value::List(_) | Value::Tuple(_) => {
            value.clone()
        }
        other => {
            let of = super::typed::type_of(other);
            Value::Unknown(Unknown { of, is_param: other.is_param(), ..Unknown::default() })
        }
    }
}

/// Whether two elements are one and the same, not only alike.
fn is_identical(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Router(left), Value::Router(right)) => Rc::ptr_eq(&left.entries, &right.entries),
        (Value::MethodRouter(left), Value::MethodRouter(right)) => Rc::ptr_eq(&left.entries, &right.entries),
        (Value::Function(left), Value::Function(right)) => Rc::ptr_eq(left, right),
        (Value::Closure(left), Value::Closure(right)) => Rc::ptr_eq(left, right),
        (Value::List(left), Value::List(right)) | (Value::Tuple(left), Value::Tuple(right)) => {
            Rc::ptr_eq(left, right)
        }
        (Value::Record(left), Value::Record(right)) => Rc::ptr_eq(left, right),
        (Value::Variant(left), Value::Variant(right)) => Rc::ptr_eq(left, right),
        (Value::Decided(left), Value::Decided(right)) => Rc::ptr_eq(left, right),
        (Value::OneOf(left), Value::OneOf(right)) => Rc::ptr_eq(left, right),
        (Value::Perhaps(left), Value::Perhaps(right)) => {
            left.condition == right.condition && is_identical(&left.value, &right.value)
        }
        _ => is_same(left, right),
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
