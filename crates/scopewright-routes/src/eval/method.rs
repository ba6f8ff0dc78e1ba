//! Chains of method calls and fields.

use super::bind::part_of;
use super::call::Through;
use super::typed::type_of;
use super::{Eval, Outcome};
use crate::facts::{Expr, ExprKind, Link, LinkKind, Place, Type};
use crate::frameworks;
use crate::value::{Router, Unknown, Value};
use crate::words;
use crate::world::{FnId, Target, TypeDefKind, TypeRef};
use std::rc::Rc;

/// Methods that change nothing about which routes there are.
pub const TRANSPARENT: &[&str] = &[
    "as_deref",
    "as_mut",
    "as_ref",
    "as_str",
    "borrow",
    "boxed",
    "clone",
    "cloned",
    "context",
    "copied",
    "deref",
    "expect",
    "get_or_init",
    "into",
    "into_inner",
    "into_string",
    "iter",
    "into_iter",
    "leak",
    "lock",
    "map_err",
    "ok",
    "ok_or",
    "ok_or_else",
    "or_else",
    "read",
    "take",
    "to_owned",
    "to_string",
    "to_vec",
    "try_into",
    "unwrap",
    "unwrap_or_default",
    "with_context",
    "write",
];

impl Eval<'_> {
    /// The value of a chain.
    pub(super) fn chain(&mut self, head: &Expr, links: &[Link]) -> Value {
        let mut value = self.expr(head);
        // The variable or field the value is of, as long as only fields were taken.
        let mut fields = Some(0);
        let mut is_behind_a_method = false;
        for link in links {
            if !self.step() {
                return Value::unknown();
            }
            value = match &link.kind {
                LinkKind::Field(name) => {
                    fields = fields.filter(|_| !is_behind_a_method).map(|fields| fields + 1);
                    self.field(&value, name)
                }
                LinkKind::Index(index) => {
                    fields = None;
                    let index = self.expr(index);
                    self.element(&value, &index)
                }
                LinkKind::Method { name, turbofish, arguments } => {
                    is_behind_a_method = true;
                    // What is changed in place, or comes back from its method, is still where it was.
                    let is_still_there = value.is_in_place() || self.returns_receiver(&value, name);
                    let count = if is_still_there { fields } else { fields.take() };
                    let place_of = count.map(|count| (head, links.get(..count).unwrap_or_default()));
                    self.method(value, name, turbofish, arguments, link.place, place_of)
                }
            };
            if matches!(value, Value::Never) {
                return Value::Never;
            }
        }
        value
    }

    fn method(
        &mut self,
        value: Value,
        name: &str,
        turbofish: &[Type],
        arguments: &[Expr],
        place: Place,
        receiver: Option<(&Expr, &[Link])>,
    ) -> Value {
        if let Value::OneOf(all) = &value {
            let mut branches = Vec::new();
            for (condition, value) in all.iter() {
                branches.push(self.branch(condition, |eval| {
                    eval.method(value.clone(), name, turbofish, arguments, place, None)
                }));
            }
            return self.join(branches);
        }
        if name == "unwrap_or_default" && matches!(&value, Value::Router(router) if router.is_optional) {
            return self.union(vec![("if there is one".into(), value), ("otherwise".into(), Value::Nothing)]);
        }
        // Methods of the project come before those of other packages: they can be looked into.
        if let Some(result) = self.local_method(&value, name, turbofish, arguments, receiver) {
            if words::registers(name) {
                let site = self.here(place);
                self.outcome(site, Outcome::NoRouter);
            }
            return result;
        }
        if let Some(policy) = turbofish.first().and_then(|of| self.type_here(of)) {
            let site = self.here(place);
            self.policies.named(name, &policy, site);
        }
        frameworks::rmcp::serving::method(self, &value, name, arguments, place);
        if let Some(result) = frameworks::method(self, &value, name, arguments, place) {
            if value.is_in_place() && result.is_in_place() {
                match receiver {
                    Some((head, links)) => self.assign_to(head, links, result.clone()),
                    None => drop(self.renew(&result)),
                }
            }
            return result;
        }
        if let Some((head, links)) = receiver
            && let Some(list) = self.pushed(&value, name, arguments)
        {
            self.assign_to(head, links, list);
            return Value::Nothing;
        }
        if let Value::List(all) = &value
            && let Some(result) = self.list_method(all, name, arguments, place)
        {
            return result;
        }
        if TRANSPARENT.contains(&name) {
            self.all(arguments);
            return value;
        }
        if let Value::Text(text) = &value {
            return self.text_method(text, name, arguments);
        }
        self.unknown_method(&value, name, arguments, place)
    }

    /// Whether a method of the project, called on this value, returns the value that it was called on: `&mut Self`.
    fn returns_receiver(&mut self, value: &Value, name: &str) -> bool {
        let Some(of) = type_of(value) else { return false };
        let found = self.world.associated(&of, name);
        let returns = |target: &Target| match target {
            Target::Function(id) => self.world.function(*id).is_some_and(|function| {
                let is_self = |of: &Type| matches!(of, Type::Path(path) if path.single() == Some("Self"));
                function.has_self && matches!(&function.output, Some(Type::Of(inner)) if is_self(inner))
            }),
            _ => false,
        };
        !found.is_empty() && found.iter().all(returns)
    }

    /// `assign` to a variable or a field of one that stands in a chain.
    fn assign_to(&mut self, head: &Expr, links: &[Link], value: Value) {
        if links.is_empty() {
            self.assign(head, value);
        } else {
            let kind = ExprKind::Chain(Box::new(head.clone()), links.to_vec());
            self.assign(&Expr { kind, place: head.place }, value);
        }
    }

    /// A method that the project declares for the type of the value.
    fn local_method(
        &mut self,
        value: &Value,
        name: &str,
        turbofish: &[Type],
        arguments: &[Expr],
        receiver: Option<(&Expr, &[Link])>,
    ) -> Option<Value> {
        let of = match value {
            Value::Router(_) | Value::MethodRouter(_) => {
                return self.extension_method(value, name, turbofish, arguments, receiver);
            }
            other => type_of(other)?,
        };
        let found = self.world.associated(&of, name);
        let mut functions: Vec<FnId> = found
            .into_iter()
            .filter_map(|target| match target {
                Target::Function(id) => Some(id),
                _ => None,
            })
            .collect();
        if functions.is_empty()
            && let Some(from) = conversion(name)
        {
            // `impl From<Config> for Router` is what gives `Config` its `into`.
            functions = self.world.conversions(&of, from);
            if let [only] = functions.as_slice() {
                let arguments = [value.clone()];
                return Some(self.call_function(*only, None, &arguments, Through::default()).value);
            }
            return None;
        }
        if functions.is_empty() {
            return self.callable_field(value, name, arguments);
        }
        Some(self.call_methods(&functions, value, turbofish, arguments, Some(of), receiver))
    }

    /// A method that a trait of the project gives to routers.
    fn extension_method(
        &mut self,
        value: &Value,
        name: &str,
        turbofish: &[Type],
        arguments: &[Expr],
        receiver: Option<(&Expr, &[Link])>,
    ) -> Option<Value> {
        if frameworks::is_router_method(value, name) {
            return None;
        }
        let role = match value {
            Value::Router(_) => frameworks::TypeRole::Router,
            _ => frameworks::TypeRole::MethodRouter,
        };
        self.world.read_skipped_with(&["fn", name]);
        let mut functions = Vec::new();
        for id in self.world.methods_named(name) {
            match self.world.self_type(id) {
                Some(TypeRef::External(path)) if frameworks::type_role(&path) == role => functions.push(id),
                // `impl<T> Ext for T`, or a default of a trait.
                None => functions.push(id),
                Some(TypeRef::Local(of)) => {
                    let is_trait = matches!(
                        self.world.types.get(of.0).map(|def| &def.kind),
                        Some(TypeDefKind::Trait { .. })
                    );
                    if is_trait && self.world.has_body(id) {
                        functions.push(id);
                    }
                }
                Some(TypeRef::External(_)) => {}
            }
        }
        if functions.is_empty() {
            return None;
        }
        Some(self.call_methods(&functions, value, turbofish, arguments, None, receiver))
    }

    fn call_methods(
        &mut self,
        functions: &[FnId],
        value: &Value,
        turbofish: &[Type],
        arguments: &[Expr],
        of: Option<TypeRef>,
        receiver: Option<(&Expr, &[Link])>,
    ) -> Value {
        let generics: Vec<Option<TypeRef>> = turbofish.iter().map(|of| self.type_here(of)).collect();
        let values = self.all(arguments);
        if values.iter().any(|value| matches!(value, Value::Never)) {
            return Value::Never;
        }
        if let [only] = functions {
            let called = self.call_function(
                *only,
                Some(value.clone()),
                &values,
                Through { generics, self_type: of, ..Through::default() },
            );
            for (argument, changed) in arguments.iter().zip(&called.changed) {
                if let Some(value) = changed {
                    self.assign(argument, value.clone());
                }
            }
            if let (Some(changed), Some((head, links))) = (called.receiver, receiver) {
                self.assign_to(head, links, changed);
            }
            return called.value;
        }
        let mut branches = Vec::new();
        for id in functions {
            let condition = self.world.path_of(*id);
            let (values, generics) = (values.clone(), generics.clone());
            branches.push(self.branch(&format!("if {condition}"), |eval| {
                eval.call_function(
                    *id,
                    Some(value.clone()),
                    &values,
                    Through { generics, ..Through::default() },
                )
                .value
            }));
        }
        self.join(branches)
    }

    /// `(self.build)(..)` is a call; `self.build(..)` of a field that is none is not ours.
    fn callable_field(&mut self, value: &Value, name: &str, arguments: &[Expr]) -> Option<Value> {
        let Value::Record(record) = value else { return None };
        let (Value::Closure(_) | Value::Function(_)) = record.fields.get(name)? else { return None };
        self.all(arguments);
        Some(Value::unknown())
    }

    /// A field of a value.
    pub(super) fn field(&mut self, value: &Value, name: &str) -> Value {
        match value {
            Value::Record(record) => match record.fields.get(name) {
                Some(value) => value.clone(),
                None => self.declared_field(record.of.as_ref(), name, record.is_param),
            },
            Value::Tuple(all) => {
                name.parse::<usize>().ok().and_then(|at| all.get(at)).cloned().unwrap_or_else(Value::unknown)
            }
            Value::OneOf(all) => {
                let values =
                    all.iter().map(|(condition, value)| (Rc::clone(condition), self.field(value, name)));
                let values = values.collect();
                self.union(values)
            }
            Value::Unknown(it) if it.carries.is_none() => {
                self.declared_field(it.of.as_ref(), name, it.is_param)
            }
            other => part_of(other),
        }
    }

    fn declared_field(&mut self, of: Option<&TypeRef>, name: &str, is_param: bool) -> Value {
        if let Some(TypeRef::Local(id)) = of
            && let Some(def) = self.world.types.get(id.0)
            && let TypeDefKind::Struct(fields) = &def.kind
            && let Some((_, field)) = fields.iter().find(|(known, _)| known == name)
        {
            let (module, field) = (def.module, field.clone());
            if is_param {
                return self.param_value(module, &field, of);
            }
            let of = self.world.held_type(module, &field, of);
            return Value::Unknown(Unknown { of, ..Unknown::default() });
        }
        Value::Unknown(Unknown { is_param, ..Unknown::default() })
    }

    /// A method nothing is known about, of a value that is no router.
    fn unknown_method(&mut self, value: &Value, name: &str, arguments: &[Expr], place: Place) -> Value {
        let values = self.all(arguments);
        if values.iter().any(|value| matches!(value, Value::Never)) {
            return Value::Never;
        }
        if let Some(result) = self.with_closure(value, name, &values, place) {
            return result;
        }
        let is_param = value.is_param() || values.iter().any(Value::is_param);
        if values.iter().chain([value]).any(Value::is_routed) {
            if !matches!(value, Value::Router(_) | Value::MethodRouter(_))
                && let Some(result) = self.any_method_named(value, name, &values)
            {
                return result;
            }
            let location = self.here(place);
            for value in values.iter().chain([value]) {
                self.escape(location, &format!("`{name}`"), value);
            }
            let carries = values.iter().chain([value]).flat_map(Value::routers).next();
            return Value::Unknown(Unknown { is_param, carries, ..Unknown::default() });
        }
        // `Builder::new().port(1)` of another package is most likely still its builder.
        let path = match value {
            Value::Unknown(it) => it.path.clone(),
            _ => None,
        };
        Value::Unknown(Unknown { is_param, path, ..Unknown::default() })
    }

    /// What is done with closures: `opt.map(|x| ..)`, `flag.then(|| ..)`, `unwrap_or_else(|| ..)`.
    pub(crate) fn with_closure(
        &mut self,
        value: &Value,
        name: &str,
        arguments: &[Value],
        place: Place,
    ) -> Option<Value> {
        let is_callable = |value: &&Value| matches!(value, Value::Closure(_) | Value::Function(_));
        let closure = arguments.iter().rev().find(|value| matches!(value, Value::Closure(_)));
        let callable = arguments.last().filter(is_callable);
        match name {
            "map" | "and_then" | "map_or" | "map_or_else" | "pipe" | "inspect" | "tap" => {
                let with = callable?;
                let result = self.call_value(with, vec![value.clone()], place);
                match name {
                    "inspect" | "tap" => Some(value.clone()),
                    "map_or" => {
                        let otherwise = arguments.first().cloned().unwrap_or_else(Value::unknown);
                        Some(
                            self.union(vec![
                                ("otherwise".into(), otherwise),
                                ("if there is one".into(), result),
                            ]),
                        )
                    }
                    "map" | "and_then" if !value.is_routed() => Some(optional(result)),
                    _ => Some(result),
                }
            }
            "unwrap_or_else" | "or_else" | "get_or_insert_with" | "get_or_init" => {
                let with = callable?;
                let other = self.call_value(with, vec![Value::unknown()], place);
                let is_known = !matches!(value, Value::Unknown(it) if it.carries.is_none());
                if is_known || other.is_routed() {
                    return Some(self.union(vec![
                        ("if there is one".into(), value.clone()),
                        ("otherwise".into(), other),
                    ]));
                }
                Some(value.clone())
            }
            "unwrap_or" => {
                let other = arguments.first().cloned().unwrap_or_else(Value::unknown);
                Some(self.union(vec![("if there is one".into(), value.clone()), ("otherwise".into(), other)]))
            }
            _ => {
                let Some(Value::Closure(closure)) = closure else { return None };
                let given = if value.is_routed() { value.clone() } else { part_of(value) };
                let count = closure.params.len();
                let result = self.call_closure(&Rc::clone(closure), &vec![given; count]);
                let result = if name == "then" { optional(result) } else { result };
                result.is_routed().then_some(result)
            }
        }
    }

    /// A method of that name, of whatever type of the project has one: for trait objects and type parameters.
    fn any_method_named(&mut self, value: &Value, name: &str, arguments: &[Value]) -> Option<Value> {
        self.world.read_skipped_with(&["fn", name]);
        let mut functions = self.world.methods_named(name);
        functions.retain(|id| self.world.has_body(*id));
        if functions.is_empty() {
            return None;
        }
        let mut branches = Vec::new();
        for id in functions {
            let condition = self.world.path_of(id);
            let (value, arguments) = (value.clone(), arguments.to_vec());
            branches.push(self.branch(&format!("if {condition}"), |eval| {
                eval.call_function(id, Some(value), &arguments, Through::default()).value
            }));
        }
        Some(self.join(branches))
    }
}

/// The function of a type that a conversion of another value into it calls.
fn conversion(name: &str) -> Option<&'static str> {
    match name {
        "into" => Some("from"),
        "try_into" => Some("try_from"),
        _ => None,
    }
}

/// What a closure makes of something that may not be there: a router that may not be there either.
fn optional(made: Value) -> Value {
    match made {
        Value::Router(router) => Value::Router(Router { is_optional: true, ..router }),
        made => made,
    }
}
