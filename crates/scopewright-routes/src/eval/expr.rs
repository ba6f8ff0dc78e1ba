//! Expressions, blocks and statements.

use super::{Break, Eval, JumpKind};
use crate::facts::{Arm, Binding, Block, Expr, ExprKind, Pattern, Statement};
use crate::value::{ClosureValue, Record, Unknown, Value};
use crate::walk::{walk, walk_value};
use std::rc::Rc;

impl Eval<'_> {
    /// The value of an expression.
    pub fn expr(&mut self, expr: &Expr) -> Value {
        if !self.step() {
            return Value::unknown();
        }
        if expr.place.line > 0 {
            self.place = expr.place;
        }
        match &expr.kind {
            ExprKind::Text(text) => Value::text(text.as_str()),
            ExprKind::Number(number) => Value::Number(*number),
            ExprKind::Flag(flag) => Value::Flag(*flag),
            ExprKind::Path(path) => self.path_value(path, expr.place),
            ExprKind::Chain(head, links) => self.chain(head, links),
            ExprKind::Call(func, arguments) => self.call_expr(func, arguments, expr.place),
            ExprKind::Macro(call) => self.macro_value(call, expr.place),
            ExprKind::Block(block) => self.block(block),
            ExprKind::Async { block, .. } => self.later(block),
            ExprKind::Labelled(label, block) => self.labelled(label, block),
            ExprKind::If { condition, text, then, otherwise } => {
                self.if_value(condition, text, then, otherwise.as_deref())
            }
            ExprKind::Match { subject, text, arms } => self.match_value(subject, text, arms),
            ExprKind::For { label, pattern, over, body } => {
                self.for_loop(label.as_deref(), pattern, over, body)
            }
            ExprKind::Loop { label, condition, body } => {
                self.loop_value(label.as_deref(), condition.as_deref(), body)
            }
            ExprKind::Let(pattern, value) => {
                let value = self.expr(value);
                let matches = self.matches(pattern, &value);
                self.bind(pattern, value);
                matches.map_or_else(Value::unknown, Value::Flag)
            }
            ExprKind::Closure { params, body } => self.closure(params, body),
            ExprKind::Record { path, fields, rest } => {
                let of = self.type_of_path(path);
                let mut record = match rest.as_ref().map(|rest| self.expr(rest)) {
                    Some(Value::Record(record)) => record.as_ref().clone(),
                    Some(other) => Record { is_param: other.is_param(), ..Record::default() },
                    None => Record::default(),
                };
                record.of = of;
                for (name, value) in fields {
                    let value = self.expr(value);
                    record.fields.insert(name.clone(), value);
                }
                Value::Record(Rc::new(record))
            }
            ExprKind::Tuple(all) if all.is_empty() => Value::Nothing,
            ExprKind::Tuple(all) => Value::Tuple(Rc::new(self.all(all))),
            ExprKind::List(all) => Value::List(Rc::new(self.all(all))),
            ExprKind::Range { start, end, is_closed } => {
                let mut ends = [start, end].map(|side| side.as_ref().map(|side| self.expr(side)));
                match &mut ends {
                    [Some(start), Some(end)] => super::list::range(start, end, *is_closed),
                    _ => Value::unknown(),
                }
            }
            ExprKind::Assign(to, value) => {
                let value = self.expr(value);
                self.assign(to, value);
                Value::Nothing
            }
            ExprKind::Exclusive(inner) => {
                let value = self.expr(inner);
                self.lend(inner, &value);
                value
            }
            ExprKind::Return(value) => {
                let value = value.as_ref().map_or(Value::Nothing, |value| self.expr(value));
                let condition = self.conditions.last().cloned().unwrap_or_else(|| "otherwise".into());
                if let Some(frame) = self.frame_mut() {
                    frame.returns.push((condition, value));
                }
                self.jump(JumpKind::Return, None)
            }
            ExprKind::Break(label, value) => {
                let label: Option<Rc<str>> = label.as_deref().map(Rc::from);
                if let Some(value) = value {
                    let value = self.expr(value);
                    let condition = self.conditions.last().cloned().unwrap_or_else(|| "otherwise".into());
                    if let Some(frame) = self.frame_mut() {
                        frame.breaks.push(Break { label: label.clone(), condition, value });
                    }
                }
                self.jump(JumpKind::Break, label)
            }
            ExprKind::Continue(label) => self.jump(JumpKind::Continue, label.as_deref().map(Rc::from)),
            ExprKind::Sum(parts) => {
                let parts = self.all(parts);
                self.concatenated(&parts)
            }
            ExprKind::Other(parts) => {
                let parts = self.all(parts);
                Value::Unknown(Unknown { is_param: parts.iter().any(Value::is_param), ..Unknown::default() })
            }
        }
    }

    fn closure(&mut self, params: &[Pattern], body: &Expr) -> Value {
        let Some(frame) = self.frame() else { return Value::unknown() };
        Value::Closure(Rc::new(ClosureValue {
            params: params.into(),
            body: Rc::new(body.clone()),
            location: self.here(body.place),
            frame: frame.id,
            sees: Rc::new(frame.clone()),
        }))
    }

    /// The value of a block.
    pub(super) fn block(&mut self, block: &Block) -> Value {
        let Some(frame) = self.frame() else { return Value::unknown() };
        let (outer, count) = (frame.scope, frame.bindings.len());
        if let Some(scope) = block.scope.and_then(|key| self.world.block_module(outer, key))
            && let Some(frame) = self.frame_mut()
        {
            frame.scope = scope;
        }
        let value = self.statements(&block.statements);
        if let Some(frame) = self.frame_mut() {
            frame.scope = outer;
            frame.bindings.truncate(count);
        }
        value
    }

    fn statements(&mut self, statements: &[Statement]) -> Value {
        // A block's last values under different `cfg`s are alternatives.
        let mut alternatives: Vec<(Rc<str>, Value)> = Vec::new();
        let mut last = Value::Nothing;
        for statement in statements {
            last = match statement {
                Statement::Let(binding) => self.let_statement(binding),
                Statement::Expr { value, is_done, cfg: None } => {
                    let value = self.expr(value);
                    if *is_done && !matches!(value, Value::Never) { Value::Nothing } else { value }
                }
                Statement::Expr { value, is_done, cfg: Some(condition) } => {
                    let with = self.branch(condition, |eval| eval.expr(value));
                    let value = with.value();
                    let without = self.branch(&format!("not {condition}"), |_| Value::Nothing);
                    self.join(vec![with, without]);
                    if !*is_done && !matches!(value, Value::Nothing) {
                        alternatives.push((condition.as_str().into(), value));
                    }
                    Value::Nothing
                }
            };
            if matches!(last, Value::Never) {
                break;
            }
        }
        if alternatives.is_empty() {
            return last;
        }
        if !matches!(last, Value::Nothing) {
            alternatives.push(("otherwise".into(), last));
        }
        self.union(alternatives)
    }

    fn let_statement(&mut self, binding: &Binding) -> Value {
        let Some(value) = &binding.value else {
            self.bind(&binding.pattern, Value::unknown());
            return Value::Nothing;
        };
        let mut value = match &binding.cfg {
            Some(condition) => {
                self.conditions.push(condition.as_str().into());
                let value = self.expr(value);
                self.conditions.pop();
                value
            }
            None => self.expr(value),
        };
        if let (Value::Unknown(it), Some(of)) = (&mut value, &binding.of)
            && it.of.is_none()
        {
            it.of = self.type_here(of);
        }
        if let Some(otherwise) = &binding.otherwise {
            let taken = self.branch("otherwise", |eval| eval.expr(otherwise));
            drop(taken);
        }
        if matches!(value, Value::Never) {
            return Value::Never;
        }
        if let (Some(condition), Pattern::Name(name)) = (&binding.cfg, &binding.pattern)
            && let Some(before) = self.variable(name).cloned()
        {
            value = self
                .union(vec![(condition.as_str().into(), value), (format!("not {condition}").into(), before)]);
        }
        self.bind(&binding.pattern, value);
        Value::Nothing
    }

    fn if_value(&mut self, condition: &Expr, text: &str, then: &Block, otherwise: Option<&Expr>) -> Value {
        let mut known = None;
        let is_cfg = text.starts_with("cfg(") || text.starts_with("cfg!(");
        let (on, off) = if is_cfg {
            let cfg = text.replacen("cfg!(", "cfg(", 1);
            let not = format!("not {cfg}");
            (cfg, not)
        } else {
            (format!("if {text}"), format!("unless {text}"))
        };
        let taken = self.branch(&on, |eval| {
            // What the condition binds is seen by the block only.
            known = match eval.expr(condition).present() {
                Value::Flag(flag) => Some(*flag),
                _ => None,
            };
            if known == Some(false) && !eval.serves_in_block(then) { Value::Never } else { eval.block(then) }
        });
        let mut branches = vec![taken];
        if known != Some(true) || otherwise.is_some_and(|otherwise| self.serves_in(otherwise)) {
            branches.push(
                self.branch(&off, |eval| otherwise.map_or(Value::Nothing, |otherwise| eval.expr(otherwise))),
            );
        }
        self.join(branches)
    }

    fn match_value(&mut self, subject: &Expr, text: &str, arms: &[Arm]) -> Value {
        let value = self.expr(subject);
        if matches!(value, Value::Never) {
            return Value::Never;
        }
        let mut branches = Vec::new();
        let mut is_settled = false;
        for arm in arms {
            let matches = self.matches(&arm.pattern, &value);
            if (is_settled || matches == Some(false)) && !self.serves_in(&arm.body) {
                continue;
            }
            let condition = match &arm.cfg {
                Some(cfg) => cfg.clone(),
                None => format!("if {text} is {}", arm.text),
            };
            let value = value.clone();
            branches.push(self.branch(&condition, |eval| {
                eval.bind(&arm.pattern, value);
                if let Some(guard) = &arm.guard {
                    eval.expr(guard);
                }
                eval.expr(&arm.body)
            }));
            is_settled |= matches == Some(true) && arm.guard.is_none();
        }
        self.join(branches)
    }

    fn serves_in(&self, expr: &Expr) -> bool {
        let mut found = false;
        walk_value(expr, &mut |mention| found |= self.may_serve(&mention));
        found
    }

    fn serves_in_block(&self, block: &Block) -> bool {
        let mut found = false;
        walk(block, &mut |mention| found |= self.may_serve(&mention));
        found
    }

    /// The values that a loop or block was left with; those of the ones around it are left to them.
    pub(super) fn breaks_of(
        &mut self,
        mut around: Vec<Break>,
        is_own: impl Fn(Option<&str>) -> bool,
    ) -> Vec<(Rc<str>, Value)> {
        let Some(frame) = self.frame_mut() else { return Vec::new() };
        let all = std::mem::take(&mut frame.breaks);
        let (own, others): (Vec<Break>, Vec<Break>) =
            all.into_iter().partition(|it| is_own(it.label.as_deref()));
        around.extend(others);
        frame.breaks = around;
        own.into_iter().map(|it| (it.condition, it.value)).collect()
    }

    /// `'label: { .. }`: its end, or what it was left with.
    fn labelled(&mut self, label: &str, block: &Block) -> Value {
        let around = self.frame_mut().map(|frame| std::mem::take(&mut frame.breaks)).unwrap_or_default();
        let value = self.block(block);
        let mut values = self.breaks_of(around, |of| of == Some(label));
        let jumps = self.jumps(|jump| jump.label.as_deref() == Some(label));
        let is_left = !jumps.is_empty();
        self.join_branches(!matches!(value, Value::Never), jumps);
        if !is_left {
            return value;
        }
        values.push(("otherwise".into(), value));
        // Left without a value it is `()`.
        match self.union(values) {
            Value::Never => Value::Nothing,
            value => value,
        }
    }
}
