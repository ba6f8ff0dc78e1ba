//! Bodies to facts.

use super::place::{self, of_expr};
use super::{DEEPEST, Lowering, cfg, embedded, pattern, types};
use crate::facts::{Arm, Binding, Block, Expr, ExprKind, Link, LinkKind, Place, ScopeItems, Statement};
use crate::words;
use syn::{BinOp, Expr as Syn, Lit, Stmt};

impl Lowering<'_> {
    /// Notes a name that is called or named as a value.
    pub fn mention(&mut self, name: &str) {
        if let Some(body) = &mut self.body
            && !body.mentions.contains(name)
        {
            body.mentions.insert(name.to_owned());
        }
    }

    /// A block.
    pub fn block(&mut self, block: &syn::Block) -> Block {
        self.statements(&block.stmts, place::of_span(block.brace_token.span.join()))
    }

    /// The statements of a block.
    pub fn statements(&mut self, statements: &[Stmt], place: Place) -> Block {
        // Macros that a block declares are known in it, from where they stand.
        let rules = self.rules.clone();
        let around = self.locals.len();
        let key = place.key();
        let parent = self.body.as_mut().and_then(|body| body.open_scope.replace(key));
        let (mut items, mut lowered) = (Vec::new(), Vec::new());
        self.written_out(statements, &mut |lowering, statement| match statement {
            Stmt::Item(item) => items.extend(lowering.items([item])),
            _ => lowered.extend(lowering.statement(statement)),
        });
        if let Some(body) = &mut self.body {
            body.open_scope = parent;
            if !items.is_empty() {
                body.scopes.push(ScopeItems { key, parent, items: items.clone() });
            }
        }
        self.rules = rules;
        self.locals.truncate(around);
        Block { statements: lowered, scope: (!items.is_empty()).then_some(key) }
    }

    fn statement(&mut self, statement: &Stmt) -> Option<Statement> {
        match statement {
            Stmt::Local(local) => {
                let condition = cfg::of(&local.attrs, &self.source);
                if condition.is_off() {
                    return None;
                }
                self.constants_in(embedded::of_pattern(&local.pat));
                let of = match &local.pat {
                    syn::Pat::Type(it) => Some(types::of(&it.ty)),
                    _ => None,
                };
                let init = local.init.as_ref();
                // The value sees what is there before the names are.
                let value = init.map(|init| self.matched(&init.expr, pattern::lends(&local.pat)));
                let otherwise =
                    init.and_then(|init| init.diverge.as_ref()).map(|(_, otherwise)| self.expr(otherwise));
                let pattern = self.pattern(&local.pat);
                let cfg = condition.condition();
                Some(Statement::Let(Box::new(Binding { pattern, of, value, otherwise, cfg })))
            }
            Stmt::Item(_) => None,
            Stmt::Expr(expr, semicolon) => {
                let condition = cfg::of(attributes(expr), &self.source);
                (!condition.is_off()).then(|| Statement::Expr {
                    value: self.expr(expr),
                    is_done: semicolon.is_some(),
                    cfg: condition.condition(),
                })
            }
            Stmt::Macro(it) => {
                let condition = cfg::of(&it.attrs, &self.source);
                (!condition.is_off()).then(|| Statement::Expr {
                    value: self.macro_call(&it.mac),
                    is_done: it.semi_token.is_some(),
                    cfg: condition.condition(),
                })
            }
        }
    }

    /// An expression.
    pub fn expr(&mut self, expr: &Syn) -> Expr {
        if self.nesting > DEEPEST {
            if self.expansions > 0 {
                self.is_over = true;
                return Expr { kind: ExprKind::Other(Vec::new()), place: Place::default() };
            }
            // What stands below is not read, so the whole file counts as unread.
            self.too_deep.get_or_insert_with(|| of_expr(expr));
            return Expr { kind: ExprKind::Other(Vec::new()), place: Place::default() };
        }
        self.nesting += 1;
        let lowered = self.expr_here(expr);
        self.nesting -= 1;
        lowered
    }

    fn expr_here(&mut self, expr: &Syn) -> Expr {
        let kind = match expr {
            // What changes nothing about the value.
            Syn::Paren(it) => return self.expr(&it.expr),
            Syn::Group(it) => return self.expr(&it.expr),
            Syn::Cast(it) => {
                self.constants_in(embedded::of_type(&it.ty));
                return self.expr(&it.expr);
            }
            Syn::Try(_) | Syn::Await(_) | Syn::MethodCall(_) | Syn::Field(_) | Syn::Index(_) => {
                return self.chain(expr);
            }
            Syn::Unary(it) if matches!(it.op, syn::UnOp::Deref(_)) => return self.expr(&it.expr),
            Syn::Reference(it) if it.mutability.is_none() => return self.expr(&it.expr),
            Syn::Reference(it) => ExprKind::Exclusive(Box::new(self.expr(&it.expr))),
            Syn::Macro(it) => return self.macro_call(&it.mac),
            Syn::Lit(it) => literal(&it.lit),
            Syn::Path(it) => {
                self.constants_in(embedded::of_path(it.qself.as_ref(), &it.path));
                let mut path = types::qualified_path(it.qself.as_ref(), &it.path);
                self.mention(path.last());
                if let Some(ident) = it.path.get_ident() {
                    path = self.named(path, ident);
                }
                // `HttpServer::new(..)` serves: the type is what says it.
                if let [.., of, _] = path.segments.as_slice()
                    && of.name.starts_with(char::is_uppercase)
                {
                    self.mention(&of.name);
                }
                ExprKind::Path(path)
            }
            Syn::Call(it) => {
                let func = self.expr(&it.func);
                if let ExprKind::Path(path) = &func.kind
                    && path.segments.len() > 1
                    && words::registers(path.last())
                    && it.args.len() > 1
                {
                    self.registration(func.place);
                }
                ExprKind::Call(Box::new(func), self.all(&it.args))
            }
            Syn::Block(it) => match label(it.label.as_ref()) {
                Some(label) => ExprKind::Labelled(label, self.block(&it.block)),
                None => ExprKind::Block(self.block(&it.block)),
            },
            Syn::Async(it) => ExprKind::Async { block: self.block(&it.block), is_move: it.capture.is_some() },
            Syn::Unsafe(it) => ExprKind::Block(self.block(&it.block)),
            Syn::Const(it) => ExprKind::Block(self.block(&it.block)),
            Syn::TryBlock(it) => ExprKind::Block(self.block(&it.block)),
            Syn::If(it) => ExprKind::If {
                text: self.source.short(of_expr(&it.cond)),
                condition: Box::new(self.expr(&it.cond)),
                then: self.block(&it.then_branch),
                otherwise: it.else_branch.as_ref().map(|(_, otherwise)| Box::new(self.expr(otherwise))),
            },
            Syn::Match(it) => ExprKind::Match {
                text: self.source.short(of_expr(&it.expr)),
                subject: Box::new(self.matched(&it.expr, it.arms.iter().any(|arm| pattern::lends(&arm.pat)))),
                arms: it.arms.iter().filter_map(|arm| self.arm(arm)).collect(),
            },
            Syn::ForLoop(_) | Syn::While(_) | Syn::Loop(_) | Syn::Break(_) | Syn::Continue(_) => {
                self.rounds(expr)
            }
            Syn::Let(it) => {
                let value = Box::new(self.matched(&it.expr, pattern::lends(&it.pat)));
                ExprKind::Let(self.pattern(&it.pat), value)
            }
            Syn::Closure(it) => self.closure(it),
            Syn::Struct(it) => {
                self.constants_in(embedded::of_path(it.qself.as_ref(), &it.path));
                let path = types::qualified_path(it.qself.as_ref(), &it.path);
                self.mention(path.last());
                let fields =
                    it.fields.iter().map(|field| (pattern::member(&field.member), self.expr(&field.expr)));
                let fields = fields.collect();
                ExprKind::Record {
                    path,
                    fields,
                    rest: it.rest.as_ref().map(|rest| Box::new(self.expr(rest))),
                }
            }
            Syn::Tuple(it) => ExprKind::Tuple(self.all(&it.elems)),
            Syn::Array(it) => ExprKind::List(self.all(&it.elems)),
            Syn::Assign(it) => {
                ExprKind::Assign(Box::new(self.expr(&it.left)), Box::new(self.expr(&it.right)))
            }
            Syn::Return(it) => ExprKind::Return(self.optional(it.expr.as_deref())),
            Syn::Binary(it) => self.binary(it, expr),
            Syn::Unary(it) => ExprKind::Other(vec![self.expr(&it.expr)]),
            Syn::Repeat(it) => ExprKind::Other(vec![self.expr(&it.expr), self.expr(&it.len)]),
            Syn::Range(it) => ExprKind::Range {
                start: self.optional(it.start.as_deref()),
                end: self.optional(it.end.as_deref()),
                is_closed: matches!(it.limits, syn::RangeLimits::Closed(_)),
            },
            Syn::RawAddr(it) => ExprKind::Other(vec![self.expr(&it.expr)]),
            Syn::Yield(it) => ExprKind::Other(it.expr.iter().map(|value| self.expr(value)).collect()),
            _ => ExprKind::Other(Vec::new()),
        };
        Expr { kind, place: of_expr(expr) }
    }

    /// Loops, and what leaves them or their rounds.
    fn rounds(&mut self, expr: &Syn) -> ExprKind {
        match expr {
            Syn::ForLoop(it) => ExprKind::For {
                label: label(it.label.as_ref()),
                over: Box::new(self.expr(&it.expr)),
                pattern: self.pattern(&it.pat),
                body: self.block(&it.body),
            },
            Syn::While(it) => ExprKind::Loop {
                label: label(it.label.as_ref()),
                condition: Some(Box::new(self.expr(&it.cond))),
                body: self.block(&it.body),
            },
            Syn::Loop(it) => ExprKind::Loop {
                label: label(it.label.as_ref()),
                condition: None,
                body: self.block(&it.body),
            },
            Syn::Break(it) => {
                ExprKind::Break(it.label.as_ref().map(name_of_label), self.optional(it.expr.as_deref()))
            }
            Syn::Continue(it) => ExprKind::Continue(it.label.as_ref().map(name_of_label)),
            _ => ExprKind::Other(Vec::new()),
        }
    }

    fn closure(&mut self, closure: &syn::ExprClosure) -> ExprKind {
        for input in &closure.inputs {
            self.constants_in(embedded::of_pattern(input));
        }
        self.constants_in(embedded::of_output(&closure.output));
        let params = closure.inputs.iter().map(|param| self.pattern(param)).collect();
        let mut body = self.expr(&closure.body);
        if closure.asyncness.is_some() {
            let place = body.place;
            let last = Statement::Expr { value: body, is_done: false, cfg: None };
            let block = Block { statements: vec![last], scope: None };
            body = Expr { kind: ExprKind::Async { block, is_move: closure.capture.is_some() }, place };
        }
        ExprKind::Closure { params, body: Box::new(body) }
    }

    /// Reads expressions that stand in types, for the items that are declared in them.
    fn constants_in(&mut self, found: Vec<&Syn>) {
        for expr in found {
            self.expr(expr);
        }
    }

    /// What is matched: behind a reference through which it may be changed, if a pattern takes one.
    fn matched(&mut self, value: &Syn, is_lent: bool) -> Expr {
        let place = of_expr(value);
        let value = self.expr(value);
        if is_lent { Expr { kind: ExprKind::Exclusive(Box::new(value)), place } } else { value }
    }

    fn all<T>(&mut self, list: &syn::punctuated::Punctuated<Syn, T>) -> Vec<Expr> {
        list.iter().map(|expr| self.expr(expr)).collect()
    }

    fn optional(&mut self, expr: Option<&Syn>) -> Option<Box<Expr>> {
        expr.map(|expr| Box::new(self.expr(expr)))
    }

    /// An operator and its operands; a row of them is flat, however long.
    fn binary(&mut self, binary: &syn::ExprBinary, whole: &Syn) -> ExprKind {
        if let BinOp::AddAssign(_) = binary.op {
            let (left, right) = (self.expr(&binary.left), self.expr(&binary.right));
            let kind = ExprKind::Sum(vec![left.clone(), right]);
            return ExprKind::Assign(Box::new(left), Box::new(Expr { kind, place: of_expr(whole) }));
        }
        if is_assignment(&binary.op) {
            let (left, right) = (self.expr(&binary.left), self.expr(&binary.right));
            let kind = ExprKind::Other(vec![left.clone(), right]);
            return ExprKind::Assign(Box::new(left), Box::new(Expr { kind, place: of_expr(whole) }));
        }
        let mut operands = vec![&*binary.right];
        let mut is_sum = matches!(binary.op, BinOp::Add(_));
        let mut left = &*binary.left;
        while let Syn::Binary(inner) = left {
            is_sum &= matches!(inner.op, BinOp::Add(_));
            operands.push(&inner.right);
            left = &inner.left;
        }
        operands.push(left);
        let operands = operands.into_iter().rev().map(|operand| self.expr(operand)).collect();
        if is_sum { ExprKind::Sum(operands) } else { ExprKind::Other(operands) }
    }

    fn arm(&mut self, arm: &syn::Arm) -> Option<Arm> {
        let condition = cfg::of(&arm.attrs, &self.source);
        if condition.is_off() {
            return None;
        }
        let pattern = self.pattern(&arm.pat);
        let guard = match &arm.pat {
            syn::Pat::Guard(it) => Some(self.expr(&it.guard)),
            _ => None,
        };
        let text = self.source.short(pattern_place(arm));
        Some(Arm { pattern, text, guard, body: self.expr(&arm.body), cfg: condition.condition() })
    }

    /// A chain of method calls and fields, flat, however long.
    fn chain(&mut self, expr: &Syn) -> Expr {
        let mut steps = Vec::new();
        let mut at = expr;
        let head = loop {
            at = match at {
                Syn::MethodCall(it) => {
                    steps.push(at);
                    &it.receiver
                }
                Syn::Field(it) => {
                    steps.push(at);
                    &it.base
                }
                Syn::Index(it) => {
                    steps.push(at);
                    &it.expr
                }
                Syn::Await(it) => {
                    if matches!(&*it.base, Syn::Call(_) | Syn::Async(_)) {
                        steps.push(at);
                    }
                    &it.base
                }
                Syn::Try(it) => &it.expr,
                Syn::Paren(it) => &it.expr,
                Syn::Group(it) => &it.expr,
                Syn::Reference(it) if it.mutability.is_none() => &it.expr,
                _ => break at,
            };
        };
        let head = self.expr(head);
        if steps.is_empty() {
            return head;
        }
        let links = steps.into_iter().rev().filter_map(|step| self.link(step)).collect();
        Expr { kind: ExprKind::Chain(Box::new(head), links), place: of_expr(expr) }
    }

    fn link(&mut self, step: &Syn) -> Option<Link> {
        match step {
            Syn::MethodCall(it) => {
                let name = types::name(&it.method);
                let place = place::between(it.method.span(), it.paren_token.span.close());
                self.mention(&name);
                if words::registers(&name) && !it.args.is_empty() {
                    self.registration(place);
                }
                if let Some(turbofish) = &it.turbofish {
                    self.constants_in(embedded::of_arguments(turbofish));
                }
                let turbofish = it.turbofish.as_ref().map(types::turbofish).unwrap_or_default();
                let arguments = self.all(&it.args);
                Some(Link { kind: LinkKind::Method { name, turbofish, arguments }, place })
            }
            Syn::Field(it) => {
                let place = match &it.member {
                    syn::Member::Named(name) => place::of_span(name.span()),
                    syn::Member::Unnamed(index) => place::of_span(index.span),
                };
                Some(Link { kind: LinkKind::Field(pattern::member(&it.member)), place })
            }
            Syn::Index(it) => {
                let index = self.expr(&it.index);
                Some(Link { kind: LinkKind::Index(Box::new(index)), place: of_expr(step) })
            }
            Syn::Await(it) => {
                Some(Link { kind: LinkKind::Await, place: place::of_span(it.await_token.span) })
            }
            _ => None,
        }
    }

    fn registration(&mut self, place: Place) {
        if let Some(body) = &mut self.body {
            body.registrations.push(place);
        }
    }
}

fn label(label: Option<&syn::Label>) -> Option<String> {
    label.map(|label| name_of_label(&label.name))
}

fn name_of_label(label: &syn::Lifetime) -> String {
    label.ident.to_string()
}

/// Whether an operator changes its left side: `|=`. What it comes to is not known.
fn is_assignment(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

fn pattern_place(arm: &syn::Arm) -> Place {
    use syn::spanned::Spanned;
    let end = place::of_span(arm.fat_arrow_token.spans[0]);
    let start = place::of_span(arm.pat.span());
    Place { end_line: end.line, end_column: end.column, ..start }
}

fn literal(lit: &Lit) -> ExprKind {
    match lit {
        Lit::Str(it) => ExprKind::Text(it.value()),
        Lit::ByteStr(it) => String::from_utf8(it.value()).map_or(ExprKind::Other(Vec::new()), ExprKind::Text),
        Lit::Char(it) => ExprKind::Text(it.value().to_string()),
        Lit::Int(it) => it.base10_parse().map_or(ExprKind::Other(Vec::new()), ExprKind::Number),
        Lit::Bool(it) => ExprKind::Flag(it.value),
        _ => ExprKind::Other(Vec::new()),
    }
}

/// The attributes of an expression that stands as a statement.
fn attributes(expr: &Syn) -> &[syn::Attribute] {
    match expr {
        Syn::Assign(it) => &it.attrs,
        Syn::Async(it) => &it.attrs,
        Syn::Block(it) => &it.attrs,
        Syn::Call(it) => &it.attrs,
        Syn::ForLoop(it) => &it.attrs,
        Syn::If(it) => &it.attrs,
        Syn::Loop(it) => &it.attrs,
        Syn::Macro(it) => &it.attrs,
        Syn::Match(it) => &it.attrs,
        Syn::MethodCall(it) => &it.attrs,
        Syn::Path(it) => &it.attrs,
        Syn::Return(it) => &it.attrs,
        Syn::Tuple(it) => &it.attrs,
        Syn::Unsafe(it) => &it.attrs,
        Syn::While(it) => &it.attrs,
        Syn::Await(it) => innermost(&it.attrs, &it.base),
        Syn::Try(it) => innermost(&it.attrs, &it.expr),
        _ => &[],
    }
}

/// Attributes before `f(x).await?` belong to the innermost expression for the parser and to the statement for people.
fn innermost<'a>(own: &'a [syn::Attribute], inner: &'a Syn) -> &'a [syn::Attribute] {
    if own.is_empty() { attributes(inner) } else { own }
}
