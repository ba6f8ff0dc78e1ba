//! Values that change where evaluation can't follow: through a reference that is handed on, in place by a method, by an
//! assignment to no place that is known. From there on they are not known, rather than what they were.

use super::{Eval, typed::type_of};
use crate::facts::{Expr, ExprKind, Link, LinkKind, Path};
use crate::value::{Unknown, Value};
use crate::words;
use crate::world::{ConstId, Target};

/// Methods that hand out a reference through which the value may be changed.
const LENDING: &[&str] = &[
    "as_deref_mut",
    "as_mut",
    "as_mut_slice",
    "back_mut",
    "blocking_lock",
    "blocking_write",
    "borrow_mut",
    "chunks_mut",
    "deref_mut",
    "entry",
    "first_mut",
    "front_mut",
    "get_mut",
    "get_or_insert",
    "get_or_insert_with",
    "iter_mut",
    "last_mut",
    "lock",
    "make_mut",
    "split_at_mut",
    "try_borrow_mut",
    "try_lock",
    "try_write",
    "values_mut",
    "write",
];

/// Whether a method hands out a reference through which the value may be changed.
pub(super) fn lends(name: &str) -> bool {
    LENDING.contains(&name)
}

/// Methods behind which a lent reference is still one.
const UNWRAPPING: &[&str] =
    &["as_deref_mut", "as_mut", "borrow_mut", "deref_mut", "expect", "unwrap", "unwrap_or_else"];

/// Methods that change a text or what holds a value where it is.
const CHANGING: &[&str] = &[
    "clear",
    "clone_from",
    "drain",
    "extend",
    "fetch_and",
    "fetch_or",
    "fetch_xor",
    "insert",
    "insert_str",
    "make_ascii_lowercase",
    "make_ascii_uppercase",
    "pop",
    "push",
    "push_str",
    "remove",
    "replace_range",
    "retain",
    "split_off",
    "store",
    "swap",
    "truncate",
    "write_char",
    "write_fmt",
    "write_str",
];

/// Methods that put their argument where the value was: `Option::insert`, `Cell::set`.
const FILLING: &[&str] = &["get_or_insert", "insert", "replace", "set", "store", "swap"];

impl Eval<'_> {
    /// An argument of a call, evaluated: what is lent to the call is spoilt by whoever knows what the call does.
    pub fn argument(&mut self, expr: &Expr) -> Value {
        match &expr.kind {
            ExprKind::Exclusive(inner) => self.expr(inner),
            _ => self.expr(expr),
        }
    }

    /// The arguments of a call, first to last.
    pub(super) fn handed(&mut self, exprs: &[Expr]) -> Vec<Value> {
        exprs.iter().map(|expr| self.argument(expr)).collect()
    }

    /// What is lent to a call that can't be looked into is not known afterwards.
    pub(super) fn spoil_lent(&mut self, arguments: &[Expr]) {
        for argument in arguments {
            if let ExprKind::Exclusive(inner) = &argument.kind {
                self.spoil(inner);
            }
        }
    }

    /// The same of a call that hardly changes routers: one of another package's.
    pub(super) fn spoil_plain_lent(&mut self, arguments: &[Expr], values: &[Value]) {
        for (argument, value) in arguments.iter().zip(values) {
            if let ExprKind::Exclusive(inner) = &argument.kind
                && !value.is_routed()
            {
                self.spoil(inner);
            }
        }
    }

    /// What a reference is made of that lives on: `let slot = &mut app`. A list that holds no router keeps its elements.
    pub(super) fn lend(&mut self, target: &Expr, value: &Value) {
        if !matches!(value, Value::List(all) if !all.is_empty() && !value.is_routed()) {
            self.spoil(target);
        }
    }

    /// From here on nothing is known of what a variable, a field of one or a static holds.
    pub(super) fn spoil(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Path(path) => self.spoil_field(path, &[]),
            ExprKind::Exclusive(inner) => self.spoil(inner),
            ExprKind::Chain(head, links) => {
                let fields = links.iter().map_while(|link| match &link.kind {
                    LinkKind::Field(name) => Some(name.as_str()),
                    LinkKind::Index(_) | LinkKind::Method { .. } | LinkKind::Await => None,
                });
                let fields: Vec<&str> = fields.collect();
                match &head.kind {
                    ExprKind::Path(path) => self.spoil_field(path, &fields),
                    ExprKind::Exclusive(inner) => self.spoil(inner),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// The same for all that a pattern assigns to: `[first, ..] = ..`, `Wrapper(app) = ..`.
    pub(super) fn spoil_parts(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Tuple(all) | ExprKind::List(all) | ExprKind::Other(all) | ExprKind::Call(_, all) => {
                for part in all {
                    self.spoil_parts(part);
                }
            }
            ExprKind::Record { fields, .. } => {
                for (_, part) in fields {
                    self.spoil_parts(part);
                }
            }
            _ => self.spoil(target),
        }
    }

    fn spoil_field(&mut self, path: &Path, fields: &[&str]) {
        let variable = path.single().and_then(|name| Some((name, self.variable(name)?.clone())));
        let Some((name, whole)) = variable else { return self.spoil_constant(path) };
        let mut inner = whole.clone();
        for field in fields {
            inner = self.field(&inner, field);
        }
        // Through a reference to what is changed in place, it is still the same.
        if inner.is_in_place() {
            return;
        }
        let spoilt = spoilt(&inner);
        let whole =
            super::bind::with_field(whole.clone(), fields, spoilt).unwrap_or_else(|| self::spoilt(&whole));
        self.set(name, whole);
    }

    /// A static that is assigned: what was read of it before is wrong too, if a router is in it.
    fn spoil_constant(&mut self, path: &Path) {
        let constants = self.targets(path).into_iter().filter_map(|target| match target {
            Target::Constant(id) => Some(id),
            _ => None,
        });
        let constants: Vec<ConstId> = constants.collect();
        for id in constants {
            if self.constant(id, None).is_routed() {
                let help = "build the router where it is served, and hand it there";
                self.lose_router(
                    self.place,
                    "what a static holds is changed here, where discovery can't follow",
                    help,
                );
            }
            self.constants.insert(id, Value::unknown());
        }
    }

    /// What a chain of methods does to the place it begins at.
    pub(super) fn spoil_by_chain(&mut self, head: &Expr, links: &[Link], first: usize, value: &Value) {
        let rest = links.get(first + 1..).unwrap_or_default();
        let is_behind = |link: &Link| matches!(&link.kind, LinkKind::Method { name, .. } if !UNWRAPPING.contains(&name.as_str()));
        let may_change = |link: &Link| match &link.kind {
            LinkKind::Method { name, arguments, .. } => {
                CHANGING.contains(&name.as_str())
                    || FILLING.contains(&name.as_str())
                    || arguments.iter().any(|argument| matches!(argument.kind, ExprKind::Closure { .. }))
            }
            LinkKind::Field(_) | LinkKind::Index(_) | LinkKind::Await => false,
        };
        if !rest.iter().any(is_behind) || rest.iter().any(may_change) {
            let target = match links.get(..first) {
                Some(fields) if !fields.is_empty() => {
                    Expr { kind: ExprKind::Chain(Box::new(head.clone()), fields.to_vec()), place: head.place }
                }
                _ => head.clone(),
            };
            self.lend(&target, value);
        }
    }

    /// A method of a value that is none of the project's, by which the place changes that the value is at.
    pub(super) fn changed_in_place(
        &mut self,
        value: &Value,
        name: &str,
        arguments: &[Expr],
        (head, links): (&Expr, &[Link]),
    ) -> Option<Value> {
        let is_text = matches!(value, Value::Text(_) | Value::Number(_) | Value::Flag(_));
        let is_full =
            matches!(value, Value::Nothing | Value::Variant(_) | Value::Function(_) | Value::Closure(_));
        if (is_full || matches!(value, Value::Flag(_) | Value::Record(_)))
            && FILLING.contains(&name)
            && let [argument] = arguments
        {
            let filled = self.argument(argument);
            let both = match value {
                // A type of another package that holds a record may keep both.
                Value::Record(_) => self
                    .union(vec![("otherwise".into(), value.clone()), ("if called".into(), filled.clone())]),
                _ => filled.clone(),
            };
            self.assign_to(head, links, both);
            return Some(if name.starts_with("get_or") { filled } else { value.clone() });
        }
        if is_text && CHANGING.contains(&name) {
            self.handed(arguments);
            self.assign_to(head, links, spoilt(value));
            return Some(Value::unknown());
        }
        None
    }

    /// Notes that a call that serves was evaluated, or a call of what may serve.
    pub(super) fn visit(&mut self, place: crate::facts::Place) {
        let site = self.here(place);
        self.visited.insert(site);
    }

    /// Whether code serves, or calls what does: no value that is believed to be known keeps evaluation from it.
    pub(super) fn may_serve(&self, mention: &crate::walk::Mention<'_>) -> bool {
        use crate::walk::Mention;
        let is_word = |name: &str| {
            words::serves(name) || self.world.all_words.contains(name) || self.serving_names.contains(name)
        };
        match mention {
            Mention::Path(path, _) => {
                path.segments.iter().rev().take(2).any(|segment| is_word(&segment.name))
            }
            Mention::Method(name, _) => is_word(name),
            Mention::Opaque(names) => names.iter().any(|name| is_word(name)),
        }
    }
}

/// A value of which nothing is known any more but its type, and whether a caller may know more.
fn spoilt(value: &Value) -> Value {
    let of = type_of(value);
    Value::Unknown(Unknown { of, is_param: value.is_param(), ..Unknown::default() })
}
