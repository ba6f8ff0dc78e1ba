//! Walks over a body, for what is named in it.

use crate::facts::{Block, Expr, ExprKind, LinkKind, Path, Place, Statement};

/// Something that is named in a body.
pub enum Mention<'a> {
    Path(&'a Path, Place),
    Method(&'a str, Place),
    /// The names in a macro that can't be read.
    Opaque(&'a [String]),
}

/// Calls `see` for everything named in a block, without items declared in it.
pub fn walk<'a>(block: &'a Block, see: &mut impl FnMut(Mention<'a>)) {
    let mut open: Vec<&Expr> = Vec::new();
    push_block(block, &mut open);
    walk_all(open, see);
}

/// The same for a value by itself.
pub fn walk_value<'a>(value: &'a Expr, see: &mut impl FnMut(Mention<'a>)) {
    walk_all(vec![value], see);
}

fn walk_all<'a>(mut open: Vec<&'a Expr>, see: &mut impl FnMut(Mention<'a>)) {
    while let Some(expr) = open.pop() {
        match &expr.kind {
            ExprKind::Path(path) => see(Mention::Path(path, expr.place)),
            ExprKind::Chain(head, links) => {
                open.push(head);
                for link in links {
                    match &link.kind {
                        LinkKind::Method { name, arguments, .. } => {
                            see(Mention::Method(name, link.place));
                            open.extend(arguments);
                        }
                        LinkKind::Index(index) => open.push(index),
                        LinkKind::Field(_) | LinkKind::Await => {}
                    }
                }
            }
            ExprKind::Call(func, arguments) => {
                open.push(func);
                open.extend(arguments);
            }
            ExprKind::Macro(call) => {
                see(Mention::Opaque(&call.names));
                open.extend(&call.arguments);
            }
            ExprKind::Block(block) | ExprKind::Async { block, .. } | ExprKind::Labelled(_, block) => {
                push_block(block, &mut open);
            }
            ExprKind::If { condition, then, otherwise, .. } => {
                open.push(condition);
                push_block(then, &mut open);
                open.extend(otherwise.as_deref());
            }
            ExprKind::Match { subject, arms, .. } => {
                open.push(subject);
                for arm in arms {
                    open.extend(&arm.guard);
                    open.push(&arm.body);
                }
            }
            ExprKind::For { over, body, .. } => {
                open.push(over);
                push_block(body, &mut open);
            }
            ExprKind::Loop { condition, body, .. } => {
                open.extend(condition.as_deref());
                push_block(body, &mut open);
            }
            ExprKind::Let(_, value) | ExprKind::Exclusive(value) => open.push(value),
            ExprKind::Closure { body, .. } => open.push(body),
            ExprKind::Record { path, fields, rest } => {
                see(Mention::Path(path, expr.place));
                open.extend(fields.iter().map(|(_, value)| value));
                open.extend(rest.as_deref());
            }
            ExprKind::Tuple(all) | ExprKind::List(all) | ExprKind::Sum(all) | ExprKind::Other(all) => {
                open.extend(all);
            }
            ExprKind::Assign(left, right) => {
                open.extend([left.as_ref(), right.as_ref()]);
            }
            ExprKind::Range { start, end, .. } => {
                open.extend(start.as_deref());
                open.extend(end.as_deref());
            }
            ExprKind::Return(value) | ExprKind::Break(_, value) => open.extend(value.as_deref()),
            ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Flag(_) | ExprKind::Continue(_) => {}
        }
    }
}

fn push_block<'a>(block: &'a Block, open: &mut Vec<&'a Expr>) {
    for statement in &block.statements {
        match statement {
            Statement::Let(binding) => {
                open.extend(&binding.value);
                open.extend(&binding.otherwise);
            }
            Statement::Expr { value, .. } => open.push(value),
        }
    }
}
