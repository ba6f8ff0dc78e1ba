//! Loops: one over a known list runs, and so does one that takes a known list apart; what any other changes is not known.

use super::bind::part_of;
use super::list::elements;
use super::{Eval, JumpKind};
use crate::facts::{Block, Expr, ExprKind, LinkKind, Pattern, Place};
use crate::value::{IN_A_LOOP, Value};
use std::rc::Rc;

/// Rounds after which a loop that takes lists apart is not followed further.
const MOST_ROUNDS: usize = 512;

/// How many elements the lists in a value have.
fn held(value: &Value, depth: usize) -> usize {
    const DEEPEST: usize = 3;
    match value {
        Value::List(all) => all.len(),
        Value::Record(record) if depth < DEEPEST => {
            record.fields.values().map(|field| held(field, depth + 1)).sum()
        }
        Value::Tuple(all) if depth < DEEPEST => all.iter().map(|part| held(part, depth + 1)).sum(),
        _ => 0,
    }
}

/// Which end of a list a condition takes from: `while let Some(part) = parts.pop()`.
fn taking(condition: &Expr) -> Option<(&Pattern, &Expr, bool)> {
    let ExprKind::Let(Pattern::Variant(path, parts), from) = &condition.kind else { return None };
    let ([part], "Some") = (parts.as_slice(), path.last()) else { return None };
    let ExprKind::Chain(_, links) = &from.kind else { return None };
    let LinkKind::Method { name, arguments, .. } = &links.last()?.kind else { return None };
    let is_first = match name.as_str() {
        "next" | "pop_front" | "pop_first" => true,
        "next_back" | "pop" | "pop_back" | "pop_last" => false,
        _ => return None,
    };
    arguments.is_empty().then_some((part, from.as_ref(), is_first))
}

impl Eval<'_> {
    /// `for pattern in over { .. }`
    pub(super) fn for_loop(
        &mut self,
        label: Option<&str>,
        pattern: &Pattern,
        over: &Expr,
        body: &Block,
    ) -> Value {
        let value = match &over.kind {
            // Its elements may be changed on the way.
            ExprKind::Exclusive(list) => {
                let name = "iter_mut".to_owned();
                let kind = LinkKind::Method { name, turbofish: Vec::new(), arguments: Vec::new() };
                let link = crate::facts::Link { kind, place: over.place };
                match &list.kind {
                    ExprKind::Chain(head, links) => {
                        let links: Vec<_> = links.iter().cloned().chain([link]).collect();
                        self.chain(head, &links)
                    }
                    _ => self.chain(list, &[link]),
                }
            }
            _ => self.expr(over),
        };
        let known = match &value {
            Value::List(_) | Value::Perhaps(_) | Value::OneOf(_) => elements(&value),
            _ => None,
        };
        if let Some(all) = known {
            for element in &all {
                self.where_present(element, Value::Nothing, &mut |eval, element| {
                    eval.iteration(label, pattern, element, body);
                    Value::Nothing
                });
            }
            self.join_jumps(true, |jump| jump.kind == JumpKind::Break && jump.is_of_loop(label));
        } else {
            let element = part_of(&value);
            self.repeatedly(label, |eval| eval.iteration(label, pattern, element.clone(), body));
        }
        Value::Nothing
    }

    fn iteration(&mut self, label: Option<&str>, pattern: &Pattern, element: Value, body: &Block) {
        let Some(count) = self.frame().map(|frame| frame.bindings.len()) else { return };
        self.bind(pattern, element);
        let value = self.block(body);
        self.join_jumps(!matches!(value, Value::Never), |jump| {
            jump.kind == JumpKind::Continue && jump.is_of_loop(label)
        });
        if let Some(frame) = self.frame_mut() {
            frame.bindings.truncate(count);
        }
    }

    /// `while condition { .. }`, `loop { .. }`
    pub(super) fn loop_value(
        &mut self,
        label: Option<&str>,
        condition: Option<&Expr>,
        body: &Block,
    ) -> Value {
        let around = self.frame_mut().map(|frame| std::mem::take(&mut frame.breaks)).unwrap_or_default();
        let is_done = match condition.and_then(taking) {
            Some((pattern, from, is_first)) => self.take_apart(label, pattern, from, is_first, body),
            None => false,
        };
        if !is_done && !self.rounds(label, condition, body) {
            self.repeatedly(label, |eval| drop(eval.round(condition, body)));
        }
        let values = self.breaks_of(around, |of| of.is_none() || of == label);
        if values.is_empty() { Value::Nothing } else { self.union(values) }
    }

    fn round(&mut self, condition: Option<&Expr>, body: &Block) -> Value {
        let Some(count) = self.frame().map(|frame| frame.bindings.len()) else { return Value::Nothing };
        if let Some(condition) = condition {
            self.expr(condition);
        }
        let value = self.block(body);
        if let Some(frame) = self.frame_mut() {
            frame.bindings.truncate(count);
        }
        value
    }

    /// Runs a loop over what its condition takes from a known list, which its body may fill again. False if the list is
    /// not known.
    fn take_apart(
        &mut self,
        label: Option<&str>,
        pattern: &Pattern,
        from: &Expr,
        is_first: bool,
        body: &Block,
    ) -> bool {
        let ExprKind::Chain(head, links) = &from.kind else { return false };
        let Some((_, to_list)) = links.split_last() else { return false };
        let is_field = |link: &crate::facts::Link| matches!(link.kind, LinkKind::Field(_));
        if !to_list.iter().all(is_field) || !matches!(head.kind, ExprKind::Path(_)) {
            return false;
        }
        let mut rounds = 0;
        loop {
            let Value::List(all) = self.chain(head, to_list) else {
                if rounds > 0 {
                    self.repeatedly(label, |eval| {
                        eval.expr(from);
                        eval.iteration(label, pattern, Value::unknown(), body);
                    });
                }
                self.join_jumps(true, |jump| jump.kind == JumpKind::Break && jump.is_of_loop(label));
                return rounds > 0;
            };
            let mut rest = all.as_ref().clone();
            let taken = match (rest.is_empty(), is_first) {
                (true, _) => break,
                (false, true) => rest.remove(0),
                (false, false) => rest.pop().unwrap_or_else(Value::unknown),
            };
            rounds += 1;
            if rounds > MOST_ROUNDS {
                self.too_many_rounds(from.place);
                break;
            }
            self.assign_to(head, to_list, Value::List(Rc::new(rest)));
            self.where_present(&taken, Value::Nothing, &mut |eval, element| {
                eval.iteration(label, pattern, element, body);
                Value::Nothing
            });
        }
        self.join_jumps(true, |jump| jump.kind == JumpKind::Break && jump.is_of_loop(label));
        true
    }

    /// Runs a loop that takes lists apart in another way, until it takes no more. False if it takes none.
    fn rounds(&mut self, label: Option<&str>, condition: Option<&Expr>, body: &Block) -> bool {
        let before = self.all_held();
        if before.iter().all(|held| *held == 0) {
            return false;
        }
        let mut is_taking = false;
        self.branch(IN_A_LOOP, |eval| {
            eval.round(condition, body);
            is_taking = eval.has_less(&before);
            Value::Nothing
        });
        self.jumps(|jump| jump.kind != JumpKind::Return);
        if !is_taking {
            return false;
        }
        for round in 0.. {
            if round == MOST_ROUNDS {
                self.too_many_rounds(self.place);
                break;
            }
            let before = self.all_held();
            let value = self.round(condition, body);
            self.join_jumps(!matches!(value, Value::Never), |jump| {
                jump.kind == JumpKind::Continue && jump.is_of_loop(label)
            });
            if !self.has_less(&before) {
                break;
            }
        }
        self.join_jumps(true, |jump| jump.kind == JumpKind::Break && jump.is_of_loop(label));
        true
    }

    fn all_held(&self) -> Vec<usize> {
        self.frame().map_or_else(Vec::new, |frame| {
            frame.bindings.iter().map(|binding| held(&binding.value, 0)).collect()
        })
    }

    /// Whether a list has fewer elements than before.
    fn has_less(&self, before: &[usize]) -> bool {
        self.all_held().iter().zip(before).any(|(now, before)| now < before)
    }

    fn too_many_rounds(&mut self, place: Place) {
        let help = "register these routes in a `for` loop over a list that is written out";
        self.lose_router(place, "this loop has too many rounds to be followed", help);
    }

    /// All that a closure comes to before it comes to nothing, as `std::iter::from_fn` calls it. None if that has no end
    /// that can be seen.
    pub(crate) fn all_of(&mut self, next: &Value, place: Place) -> Option<Value> {
        let mut all = Vec::new();
        for _ in 0..MOST_ROUNDS {
            let before = self.all_held();
            let value = self.call_value(next, Vec::new(), place);
            if matches!(value, Value::Nothing | Value::Never) {
                return Some(self.list(all));
            }
            if !self.has_less(&before) {
                return None;
            }
            all.push(value);
        }
        None
    }
}
