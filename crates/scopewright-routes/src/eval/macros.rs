//! Macro calls in bodies.

use super::Eval;
use crate::facts::{Expr, ExprKind, MacroCall, Path, Place};
use crate::frameworks::{self, Argument};
use crate::value::{Unknown, Value};
use crate::world::Target;
use scopewright_model::Standing;
use std::rc::Rc;

/// Macros that never come to a value.
const DIVERGING: &[&str] = &["bail", "panic", "todo", "unimplemented", "unreachable"];

/// Macros of the language and of crates that are in every service: what they are given stays what it was.
const KEEPING: &[&str] = &[
    "anyhow",
    "assert",
    "assert_eq",
    "assert_ne",
    "bail",
    "concat",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "ensure",
    "eprint",
    "eprintln",
    "error",
    "error_span",
    "format",
    "format_args",
    "info",
    "info_span",
    "join",
    "json",
    "log",
    "matches",
    "panic",
    "pin",
    "print",
    "println",
    "ready",
    "select",
    "span",
    "todo",
    "trace",
    "try_join",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
];

impl Eval<'_> {
    /// The value of a macro call.
    pub(super) fn macro_value(&mut self, call: &MacroCall, place: Place) -> Value {
        let name = call.path.last();
        match name {
            "format" | "concat" | "vec" if !call.is_read => {}
            "format" | "format_args" => return self.formatted(&call.arguments),
            "concat" => {
                let parts = self.all(&call.arguments);
                return self.concatenated(&parts);
            }
            "vec" => return Value::List(Rc::new(self.all(&call.arguments))),
            _ => {}
        }
        let location = self.here(place);
        if name == "include" {
            self.world.opaque_macro(location, name, "includes code");
            return Value::unknown();
        }
        if self.world.route_macros.contains(name) {
            self.world.opaque_macro(location, name, "registers or serves routes");
        }
        if !call.is_read {
            return self.unread_macro(call, place);
        }
        let values = self.all(&call.arguments);
        // A macro of the project may do with what it is given whatever is in its rules.
        if call.is_refused && values.iter().any(Value::is_routed) {
            self.world.opaque_macro(location, name, "is given a router");
            return Value::unknown();
        }
        self.spoil_by_macro(call);
        if let Some(value) = self.known_macro(call, &values) {
            return value;
        }
        if DIVERGING.contains(&name) {
            return Value::Never;
        }
        match name {
            // What is awaited together keeps its place.
            "join" | "try_join" => Value::Tuple(Rc::new(values)),
            "select" => {
                let values = values.into_iter().map(|value| ("select".into(), value)).collect();
                self.union(values)
            }
            // The macros of the language and of logging crates keep nothing they are given.
            "assert" | "assert_eq" | "assert_ne" | "dbg" | "debug" | "error" | "eprintln" | "info"
            | "print" | "println" | "trace" | "warn" | "write" | "writeln" => {
                if name == "dbg" {
                    values.into_iter().next().unwrap_or(Value::Nothing)
                } else {
                    Value::Nothing
                }
            }
            _ => {
                let is_param = values.iter().any(Value::is_param);
                for value in &values {
                    self.escape(location, &format!("the macro `{name}!`"), value);
                }
                let carries = values.iter().flat_map(Value::routers).next();
                Value::Unknown(Unknown { is_param, carries, ..Unknown::default() })
            }
        }
    }

    /// A macro of another package whose meaning is known.
    fn known_macro(&mut self, call: &MacroCall, values: &[Value]) -> Option<Value> {
        let targets = self.targets(&call.path);
        let arguments = call.arguments.iter().zip(values);
        let arguments: Vec<Argument> =
            arguments.map(|(expr, value)| Argument { value: value.clone(), place: expr.place }).collect();
        targets.iter().find_map(|target| match target {
            Target::External(path) => frameworks::macro_value(self, path, &arguments),
            _ => None,
        })
    }

    /// A macro of the project may assign to what it is given, and does so hardly ever: what counts is what a branch hangs on,
    /// and what was compared with the policy.
    fn spoil_by_macro(&mut self, call: &MacroCall) {
        let is_of_another =
            self.targets(&call.path).iter().any(|target| matches!(target, Target::External(_)));
        if is_of_another || call.path.single().is_none_or(|name| KEEPING.contains(&name)) {
            return;
        }
        for argument in &call.arguments {
            if let ExprKind::Path(path) = &argument.kind
                && path.single().and_then(|name| self.variable(name)).is_some_and(is_worth_assigning)
            {
                self.spoil(argument);
            }
        }
    }

    fn unread_macro(&mut self, call: &MacroCall, place: Place) -> Value {
        let location = self.here(place);
        let name = call.path.last();
        if call.registers {
            self.world.opaque_macro(location, name, "registers or serves routes");
        }
        for name_in_it in &call.names {
            if let Some(value) = self.variable(name_in_it).cloned() {
                if call.is_refused && value.is_routed() {
                    self.world.opaque_macro(location, name, "is given a router");
                }
                self.escape(location, &format!("the macro `{name}!`"), &value);
                if !KEEPING.contains(&name) && call.path.single().is_some() && is_worth_assigning(&value) {
                    self.spoil(&Expr { kind: ExprKind::Path(Path::of_name(name_in_it)), place });
                }
            }
        }
        if DIVERGING.contains(&name) { Value::Never } else { Value::unknown() }
    }
}

fn is_worth_assigning(value: &Value) -> bool {
    match value {
        Value::Flag(_) | Value::Nothing | Value::Variant(_) => true,
        Value::Router(router) => router.standing == Standing::Guarded,
        _ => false,
    }
}
