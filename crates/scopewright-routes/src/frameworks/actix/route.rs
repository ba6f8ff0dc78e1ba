//! Routes: `web::get().to(handler)`.

use super::method_named;
use crate::eval::Eval;
use crate::facts::Place;
use crate::frameworks::Argument;
use crate::frameworks::axum::methods::{endpoints, nearer};
use crate::value::{EntryKind, Guard, Lost, MethodEntry, MethodRouter, Value};
use scopewright_model::core::Method;
use scopewright_model::{Code, Framework};
use std::rc::Rc;

/// What the name of a routing function says about methods.
pub fn verb(name: &str) -> Option<Method> {
    method_named(name)
}

/// A route without a handler.
pub fn open(method: Option<Method>) -> Value {
    let methods = method.map(|method| Rc::from([method]));
    route(Guard { methods, is_conditional: false })
}

fn route(guard: Guard) -> Value {
    Value::MethodRouter(MethodRouter { guard: Some(guard), ..MethodRouter::default() })
}

/// `web::method(Method::GET)`
pub fn open_for(eval: &mut Eval<'_>, method: &Argument) -> Value {
    route(guarded_by_method(eval, &Guard::default(), method))
}

/// `web::to(handler)`
pub fn to(eval: &mut Eval<'_>, handler: &Argument, place: Place) -> Value {
    let route = MethodRouter { guard: Some(Guard::default()), ..MethodRouter::default() };
    method(eval, route, "to", &[Argument { value: handler.value.clone(), place: handler.place }], place)
}

fn guarded_by_method(eval: &mut Eval<'_>, guard: &Guard, method: &Argument) -> Guard {
    if let Value::Methods(methods) = &method.value {
        return guard.and_methods(methods);
    }
    if !method.value.is_param() {
        let location = eval.here(method.place);
        eval.lose(&Lost {
            reason: "the method of this route is not constant".to_owned(),
            code: Code::UnresolvedMethod,
            help: "name the method, as in `web::get()` or `web::method(Method::GET)`".to_owned(),
            location,
        });
    }
    guard.clone()
}

/// A method of a route.
pub fn method(
    eval: &mut Eval<'_>,
    mut route: MethodRouter,
    name: &str,
    arguments: &[Argument],
    place: Place,
) -> Value {
    let guard = route.guard.clone().unwrap_or_default();
    match (name, arguments) {
        ("to" | "service", [handler]) => {
            let site = eval.here(place);
            let found = endpoints(eval, &handler.value, handler.place).into_iter();
            let entries = found.map(|(kind, named, conditions)| {
                let registered = nearer(site, named);
                MethodEntry { kind: of_actix(kind), registered, conditions }
            });
            route.entries = Rc::new(entries.collect());
            if name == "service" {
                // `route.service(..)` is the handler of a route: accounted for where the route is registered.
                eval.outcome(site, crate::eval::Outcome::Composed);
            }
        }
        ("guard", [more]) => route.guard = Some(guard.and(&more.value)),
        ("method", [method]) => route.guard = Some(guarded_by_method(eval, &guard, method)),
        _ => {}
    }
    Value::MethodRouter(route)
}

/// The endpoint as one of actix-web's.
pub fn of_actix(kind: EntryKind) -> EntryKind {
    match kind {
        EntryKind::Endpoint(endpoint) => {
            EntryKind::Endpoint(crate::value::Endpoint { framework: Framework::ActixWeb, ..endpoint })
        }
        other => other,
    }
}
