//! Chains of method calls and fields.

use super::bind::part_of;
use super::call::Through;
use super::option::{is_iteration, iterated};
use super::typed::type_of;
use super::{Eval, Outcome, spoil};
use crate::facts::{Expr, ExprKind, Link, LinkKind, Place, Type};
use crate::frameworks;
use crate::value::{FunctionRef, IF_THERE_IS_ONE, Record, Unknown, Value};
use crate::words;
use crate::world::{FnId, Target, TypeDefKind, TypeRef};
use scopewright_model::Standing;
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
    "ok",
    "ok_or",
    "read",
    "take",
    "to_owned",
    "to_string",
    "to_vec",
    "try_into",
    "unwrap",
    "write",
];

impl Eval<'_> {
    /// The value of a chain.
    pub(super) fn chain(&mut self, head: &Expr, links: &[Link]) -> Value {
        let is_awaited = links.first().is_some_and(|link| matches!(link.kind, LinkKind::Await));
        let mut value = match &head.kind {
            // What is moved into it is another's afterwards.
            ExprKind::Async { block, is_move: false } if is_awaited => self.at_once(block),
            ExprKind::Call(func, arguments) if is_awaited => self.call_awaited(func, arguments, head.place),
            _ => self.argument(head),
        };
        let mut lent = None;
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
                LinkKind::Await => value,
                LinkKind::Index(index) => {
                    fields = None;
                    let index = self.expr(index);
                    self.element(&value, &index)
                }
                LinkKind::Method { name, turbofish, arguments } => {
                    if words::serves(name) || self.serving_names.contains(name) {
                        self.visit(link.place);
                    }
                    if !is_behind_a_method && fields.is_some() && spoil::lends(name) && !value.is_in_place() {
                        lent = fields.map(|fields| (fields, value.clone()));
                    }
                    is_behind_a_method = true;
                    // What is changed in place, or comes back from its method, is still where it was.
                    let is_still_there = value.is_in_place() || self.returns_receiver(&value, name);
                    let count = if is_still_there { fields } else { fields.take() };
                    let place_of = count.map(|count| (head, links.get(..count).unwrap_or_default()));
                    self.receiver_begins = head.place;
                    self.method(value, name, turbofish, arguments, link.place, place_of)
                }
            };
            if matches!(value, Value::Never) {
                return Value::Never;
            }
        }
        if let Some((first, of)) = lent {
            self.spoil_by_chain(head, links, first, &of);
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
        let written = self.receiver_begins.to(place);
        if let Value::Perhaps(it) = &value {
            if let Some(result) = self.option_method(it, name, arguments, place) {
                return result;
            }
            return self.method(it.value.clone(), name, turbofish, arguments, place, receiver);
        }
        // Methods of the project come before those of other packages: they can be looked into.
        if let Some(result) = self.local_method(&value, name, turbofish, arguments, receiver) {
            if words::registers(name) {
                let site = self.here(place);
                self.outcome(site, Outcome::NoRouter);
            }
            return result;
        }
        if let Some(result) = self.made_if(&value, name, arguments, written) {
            return result;
        }
        if is_iteration(name)
            && let Some(all) = iterated(&value, name)
        {
            let values = self.handed(arguments);
            if let Some(result) = self.list_method(&all, name, turbofish, &values, place) {
                return result;
            }
            return self.unknown_method(&value, name, (arguments, &values), place);
        }
        if let Some(policy) = turbofish.first().and_then(|of| self.type_here(of)) {
            let site = self.here(place);
            self.policies.named(name, &policy, site);
        }
        if let Some(result) = self.when_absent(&value, name, arguments, place) {
            return result;
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
        if let Value::List(all) = &value {
            let values = self.handed(arguments);
            if values.iter().any(|value| matches!(value, Value::Never)) {
                return Value::Never;
            }
            let changed = self.changed_list(all, name, &values, arguments, place);
            if let Some((rest, result)) = changed {
                if let Some((head, links)) = receiver {
                    let rest = self.list(rest);
                    self.assign_to(head, links, rest);
                }
                return result;
            }
            if let Some(result) = self.list_method(all, name, turbofish, &values, place) {
                return result;
            }
            if TRANSPARENT.contains(&name) {
                return value;
            }
            // What is done with it may change it: from here on nobody knows what is in it.
            if let Some((head, links)) = receiver
                && !super::list::only_reads(name)
            {
                self.assign_to(head, links, part_of(&value));
            }
            return self.unknown_method(&value, name, (arguments, &values), place);
        }
        if matches!(name, "is_some" | "is_none" | "is_ok" | "is_err") && arguments.is_empty() {
            return Value::unknown();
        }
        if let Some(of) = receiver
            && let Some(result) = self.changed_in_place(&value, name, arguments, of)
        {
            return result;
        }
        if TRANSPARENT.contains(&name) {
            self.handed(arguments);
            return value;
        }
        if let Value::Text(text) = &value {
            return self.text_method(text, name, arguments);
        }
        let values = self.handed(arguments);
        self.unknown_method(&value, name, (arguments, &values), place)
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
    pub(super) fn assign_to(&mut self, head: &Expr, links: &[Link], value: Value) {
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
        if let Some(from) = conversion(name)
            && let Value::Router(router) = value
            && router.mount.is_none()
        {
            // `impl From<GuardedService> for Server` gives the router its `into`.
            let path: &[&str] = match router.standing {
                Standing::Plain | Standing::Unguarded => &["axum", "Router"],
                Standing::Guarded => &["scopewright", "axum", "GuardedService"],
                Standing::Typed => &["scopewright", "axum", "Router"],
            };
            let path: Rc<[String]> = path.iter().map(|name| (*name).to_owned()).collect();
            return match self.world.conversions(&TypeRef::External(path), from).as_slice() {
                [only] => {
                    let arguments = [value.clone()];
                    Some(self.call_function(*only, None, &arguments, Through::default()).value)
                }
                _ => None,
            };
        }
        // What was compared has few methods of its own: a trait of the project may give it one that axum's routers have.
        let is_guarded = matches!(value, Value::Router(router) if router.standing == Standing::Guarded);
        if frameworks::is_router_method(value, name) && !(is_guarded && self.is_given_to_guarded(name)) {
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

    /// Whether a trait of the project gives a method of this name to what was compared with the policy.
    fn is_given_to_guarded(&mut self, name: &str) -> bool {
        let own =
            ["layer", "into_make_service", "into_make_service_with_connect_info", "into_axum_unguarded"];
        if own.contains(&name) {
            return false;
        }
        self.world.read_skipped_with(&["fn", name]);
        let given = self.world.methods_named(name);
        given.into_iter().any(|id| {
            matches!(self.world.self_type(id), Some(TypeRef::External(path)) if path.last().is_some_and(|last| last == "GuardedService"))
        })
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
        let values = self.handed(arguments);
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
            self.write_back(&called, arguments, &values);
            match (called.receiver, receiver) {
                (Some(changed), Some((head, links))) => self.assign_to(head, links, changed),
                (None, Some((head, links))) if !called.is_seen => {
                    if let Some(doubted) = without_flags(value) {
                        self.assign_to(head, links, doubted);
                    }
                }
                _ => {}
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
        let value = self.join(branches);
        self.spoil_lent(arguments);
        value
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
        match value.present() {
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
    fn unknown_method(
        &mut self,
        value: &Value,
        name: &str,
        (arguments, values): (&[Expr], &[Value]),
        place: Place,
    ) -> Value {
        if values.iter().any(|value| matches!(value, Value::Never)) {
            return Value::Never;
        }
        self.spoil_plain_lent(arguments, values);
        if let Some(result) = self.with_closure(value, name, values, place) {
            return result;
        }
        let is_param = value.is_param() || values.iter().any(Value::is_param);
        if values.iter().chain([value]).any(Value::is_routed) {
            if !matches!(value, Value::Router(_) | Value::MethodRouter(_))
                && let Some(result) = self.any_method_named(value, name, values)
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
            "map_or_else" => {
                let with = callable?;
                let otherwise = arguments.first().filter(is_callable)?;
                let otherwise =
                    self.perhaps(|eval| eval.call_value(otherwise, vec![Value::unknown()], place));
                let result = self.perhaps(|eval| eval.call_value(with, vec![value.clone()], place));
                let values = vec![("if there is one".into(), result), ("otherwise".into(), otherwise)];
                Some(self.union(values))
            }
            "map" | "and_then" | "map_or" | "pipe" | "inspect" | "tap" => {
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
                let result = if value.is_routed() {
                    self.call_closure(&Rc::clone(closure), &vec![given; count])
                } else {
                    self.perhaps(|eval| eval.call_closure(&Rc::clone(closure), &vec![given; count]))
                };
                result.is_routed().then_some(result)
            }
        }
    }

    /// What is done where there is nothing, or an error: `or_else`, `map_err`. None if the method is another.
    fn when_absent(&mut self, value: &Value, name: &str, arguments: &[Expr], place: Place) -> Option<Value> {
        match (name, arguments) {
            ("map_err" | "ok_or_else" | "or_else" | "with_context", [with]) => {
                let with = self.expr(with);
                let made = match &with {
                    Value::Closure(closure) => {
                        let unknown = vec![Value::unknown(); closure.params.len()];
                        self.perhaps(|eval| eval.call_value(&with, unknown, place))
                    }
                    Value::Function(function) if matches!(function.of, FunctionRef::Local(_)) => {
                        self.perhaps(|eval| eval.call_value(&with, vec![Value::unknown()], place))
                    }
                    _ => Value::Nothing,
                };
                // An error takes no router with it, and without one nothing is put in the place of the value.
                if name != "or_else" || matches!(made, Value::Nothing | Value::Never) {
                    return Some(value.clone());
                }
                let is_known = !matches!(value, Value::Unknown(it) if it.carries.is_none());
                if !is_known && !made.is_routed() {
                    return Some(value.clone());
                }
                let value = value.present().clone();
                Some(self.union(vec![("if there is one".into(), value), ("otherwise".into(), made)]))
            }
            ("unwrap_or_default", []) => {
                let Some(of) = type_of(value) else { return Some(value.clone()) };
                let defaults = self.world.associated(&of, "default");
                let default = defaults.into_iter().find_map(|target| match target {
                    Target::Function(id) => Some(id),
                    _ => None,
                });
                let Some(default) = default else { return Some(value.clone()) };
                let through = Through { self_type: Some(of), ..Through::default() };
                let made = self.perhaps(|eval| eval.call_function(default, None, &[], through).value);
                Some(self.union(vec![("if there is one".into(), value.clone()), ("otherwise".into(), made)]))
            }
            _ => None,
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

/// A value after a method that was not looked into, if there are flags in it that the method may have changed.
fn without_flags(value: &Value) -> Option<Value> {
    let Value::Record(record) = value else { return None };
    let is_flag = |value: &Value| matches!(value, Value::Flag(_));
    if !record.fields.values().any(is_flag) {
        return None;
    }
    let fields = record
        .fields
        .iter()
        .map(|(name, value)| (name.clone(), if is_flag(value) { Value::unknown() } else { value.clone() }));
    Some(Value::Record(Rc::new(Record { fields: fields.collect(), ..record.as_ref().clone() })))
}

/// What a closure makes of something that may not be there: a router that may not be there either.
fn optional(made: Value) -> Value {
    match made {
        Value::Router(_) | Value::MethodRouter(_) | Value::Tuple(_) => Value::perhaps(IF_THERE_IS_ONE, made),
        made => made,
    }
}
