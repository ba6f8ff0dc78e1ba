//! Guards: which methods they let through. Whatever else they look at makes an endpoint conditional, never public.

use super::method_named;
use crate::frameworks::Argument;
use crate::value::{Guard, Value};
use scopewright_model::core::Method;
use std::rc::Rc;

/// Whether a function of `guard` is known by this name.
pub fn is_known(name: &str) -> bool {
    matches!(name, "Method" | "Any" | "All" | "Not" | "Header" | "Host" | "fn_guard")
        || method_named(&name.to_lowercase()).is_some()
}

/// `guard::Get()`, `guard::Any(..)`: the methods a guard lets through, if it says.
pub fn call(name: &str, arguments: &[Argument]) -> Value {
    let first = arguments.first().map(|argument| &argument.value);
    match (name, first) {
        ("Method" | "Any" | "All", Some(Value::Methods(methods))) => Value::Methods(Rc::clone(methods)),
        ("Not", Some(Value::Methods(methods))) if !methods.contains(&Method::Any) => {
            Value::Methods(Method::STANDARD.into_iter().filter(|method| !methods.contains(method)).collect())
        }
        (_, None) => match method_named(&name.to_lowercase()) {
            Some(method) => Value::Methods(Rc::from([method])),
            None => Value::unknown(),
        },
        _ => Value::unknown(),
    }
}

impl Guard {
    /// This guard and one more.
    pub fn and(&self, guard: &Value) -> Self {
        match guard {
            Value::Methods(methods) => self.and_methods(methods),
            _ => Self { is_conditional: true, ..self.clone() },
        }
    }

    /// This guard, and one that lets these methods through.
    pub fn and_methods(&self, methods: &Rc<[Method]>) -> Self {
        // A method that has no name here is a condition like any other.
        if methods.contains(&Method::Any) {
            return Self { is_conditional: true, ..self.clone() };
        }
        let both = match &self.methods {
            None => Rc::clone(methods),
            Some(own) => own.iter().copied().filter(|method| methods.contains(method)).collect(),
        };
        Self { methods: Some(both), ..self.clone() }
    }

    /// The methods of an endpoint behind this guard: none if the guard never lets it answer.
    pub fn narrowed(&self, method: Method) -> Vec<Method> {
        match &self.methods {
            None => vec![method],
            Some(methods) if method == Method::Any => methods.to_vec(),
            Some(methods) => methods.iter().copied().filter(|it| *it == method).collect(),
        }
    }
}
