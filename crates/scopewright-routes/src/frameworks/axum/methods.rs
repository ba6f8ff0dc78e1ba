//! Method routers: which handler answers which method of a path.

use super::{Verb, serve, verb};
use crate::eval::{Eval, Outcome};
use crate::facts::Place;
use crate::frameworks::Argument;
use crate::value::{
    Endpoint, Entry, EntryKind, FunctionRef, HandlerRef, Lost, MethodEntry, MethodRouter, Router, Value,
    within,
};
use crate::world::{FnId, Location};
use scopewright_model::core::{Method, RouteKind};
use scopewright_model::{AskedBy, Code, Framework};
use std::rc::Rc;

/// Methods that change nothing about which methods are answered.
const TRANSPARENT: &[&str] =
    &["boxed", "clone", "handle_error", "into", "layer", "route_layer", "with_state"];

/// Who answers, where a person would say that it is registered, and under which conditions.
pub type Found = (EntryKind, Location, Rc<[Rc<str>]>);

/// A method of a method router.
pub fn method(
    eval: &mut Eval<'_>,
    mut router: MethodRouter,
    name: &str,
    arguments: &[Argument],
    place: Place,
) -> Value {
    if let Some(verb) = verb(name) {
        add(eval, &mut router, verb, arguments, place);
        return Value::MethodRouter(router);
    }
    match name {
        "fallback" | "fallback_service" => {
            let site = eval.here(place);
            // Part of a route: accounted for where that is registered.
            eval.outcome(site, Outcome::Composed);
            for argument in arguments {
                for (kind, registered, conditions) in endpoints(eval, &argument.value, argument.place) {
                    let registered = nearer(site, registered);
                    push(&mut router, MethodEntry { kind, registered, conditions });
                }
            }
        }
        "merge" => match arguments.first().map(|argument| &argument.value) {
            Some(Value::MethodRouter(other)) => {
                Rc::make_mut(&mut router.entries).extend(other.entries.iter().cloned());
            }
            Some(other) => {
                let entry = lost_methods(eval, other, place);
                push(&mut router, entry);
            }
            None => {}
        },
        "into_make_service" | "into_make_service_with_connect_info" => {
            serve::serve(eval, &Value::MethodRouter(router.clone()), place);
        }
        _ if TRANSPARENT.contains(&name) => {}
        _ => {
            let values: Vec<Value> = arguments.iter().map(|argument| argument.value.clone()).collect();
            let value = Value::MethodRouter(router.clone());
            if let Some(result) = eval.with_closure(&value, name, &values, place) {
                return result;
            }
            let location = eval.here(place);
            eval.lose(&Lost {
                reason: format!(
                    "`{name}` is no method of axum's method routers: the methods it adds can't be seen"
                ),
                code: Code::UnresolvedMethod,
                help: "write the route's methods out, as in `get(list).post(create)`".to_owned(),
                location,
            });
        }
    }
    Value::MethodRouter(router)
}

/// Adds a handler for a method, or for the methods of a filter.
pub(super) fn add(
    eval: &mut Eval<'_>,
    router: &mut MethodRouter,
    verb: Verb,
    arguments: &[Argument],
    place: Place,
) {
    let site = eval.here(place);
    let (methods, handler) = match (verb, arguments) {
        (Verb::Method(method), [handler]) => (vec![method], handler),
        (Verb::Filter, [filter, handler]) => (filtered(eval, &filter.value, filter.place), handler),
        _ => return,
    };
    for (kind, named, conditions) in endpoints(eval, &handler.value, handler.place) {
        for method in &methods {
            let kind = for_method(&kind, *method);
            let (registered, conditions) = (nearer(site, named), Rc::clone(&conditions));
            push(router, MethodEntry { kind, registered, conditions });
        }
    }
}

/// The entry of a handler, for a method.
pub fn for_method(kind: &EntryKind, method: Method) -> EntryKind {
    match kind {
        EntryKind::Endpoint(endpoint) => EntryKind::Endpoint(Endpoint { method, ..endpoint.clone() }),
        other => other.clone(),
    }
}

fn filtered(eval: &mut Eval<'_>, filter: &Value, place: Place) -> Vec<Method> {
    match filter {
        Value::Methods(methods) => methods.to_vec(),
        Value::OneOf(all) => all.iter().flat_map(|(_, filter)| filtered(eval, filter, place)).collect(),
        _ if filter.is_param() => vec![Method::Any],
        _ => {
            let location = eval.here(place);
            eval.lose(&Lost {
                reason: "the methods of this route are not constant".to_owned(),
                code: Code::UnresolvedMethod,
                help: "name the methods, as in `on(MethodFilter::GET, handler)` or `get(handler)`".to_owned(),
                location,
            });
            vec![Method::Any]
        }
    }
}

fn push(router: &mut MethodRouter, entry: MethodEntry) {
    Rc::make_mut(&mut router.entries).push(entry);
}

/// The call itself where the handler is named in it, else the place that hands the handler over.
pub fn nearer(call: Location, named: Location) -> Location {
    if call.file == named.file && call.place.contains(named.place) { call } else { named }
}

/// The entries of a handler or service for every method, at a path or at none yet.
pub fn entries(eval: &mut Eval<'_>, handler: &Argument, site: Location, path: Option<&str>) -> Vec<Entry> {
    let found = endpoints(eval, &handler.value, handler.place).into_iter();
    let entries = found.map(|(kind, named, conditions)| Entry {
        kind,
        path: path.map(Rc::from),
        is_fallback: false,
        asked_by: AskedBy::Nothing,
        route_kind: RouteKind::Route,
        registered: nearer(site, named),
        site,
        conditions,
    });
    entries.collect()
}

/// What of a method router nobody knows.
pub fn lost_methods(eval: &mut Eval<'_>, value: &Value, place: Place) -> MethodEntry {
    let location = eval.here(place);
    let kind = if value.is_param() {
        EntryKind::Param
    } else {
        let lost = Lost {
            reason: "the methods and handlers of this route come from where discovery can't follow them"
                .to_owned(),
            code: Code::UnresolvedMethod,
            help: "write them out, as in `get(list).post(create)`, here or in a function of this package"
                .to_owned(),
            location,
        };
        eval.lose(&lost);
        EntryKind::Lost(Rc::new(lost))
    };
    MethodEntry { kind, registered: location, conditions: Rc::from([]) }
}

/// Who answers when a value is registered as a handler or service, for every method.
pub fn endpoints(eval: &mut Eval<'_>, value: &Value, place: Place) -> Vec<Found> {
    let none: Rc<[Rc<str>]> = Rc::from([]);
    let here = eval.here(place);
    let one = |handler: HandlerRef, named: Location| {
        let kind = EntryKind::Endpoint(Endpoint {
            method: Method::Any,
            handler: Rc::new(handler),
            decision: None,
            framework: Framework::Axum,
        });
        vec![(kind, named, Rc::clone(&none))]
    };
    match value {
        Value::OneOf(all) => {
            let mut found = Vec::new();
            for (condition, value) in all.iter() {
                let inner = endpoints(eval, value, place).into_iter();
                found.extend(
                    inner.map(|(kind, named, conditions)| (kind, named, within(condition, &conditions))),
                );
            }
            found
        }
        Value::Decided(decided) => {
            // Behind the decision a whole router is one service: what is registered on it is asked for there.
            for router in decided.inner.routers() {
                router.entries.iter().for_each(|entry| eval.outcome(entry.site, Outcome::Composed));
            }
            let inner = endpoints(eval, &decided.inner, place).into_iter();
            let decided = inner.map(|(kind, named, conditions)| {
                let kind = match kind {
                    EntryKind::Endpoint(it) => {
                        EntryKind::Endpoint(Endpoint { decision: decided.annotation.clone(), ..it })
                    }
                    other => other,
                };
                (kind, named, conditions)
            });
            decided.collect()
        }
        Value::Function(function) => {
            let named = function.named;
            let handler = match &function.of {
                FunctionRef::Local(id) => function_handler(eval, *id, named),
                FunctionRef::External(path) => HandlerRef::plain(&path.join("::"), named, named),
                FunctionRef::Missing(path) => {
                    HandlerRef { is_missing: true, ..HandlerRef::plain(path, named, named) }
                }
            };
            one(handler, named)
        }
        Value::Closure(closure) => {
            one(HandlerRef::plain("{closure}", closure.location, closure.location), closure.location)
        }
        Value::MethodRouter(router) => router
            .entries
            .iter()
            .map(|it| (it.kind.clone(), it.registered, Rc::clone(&it.conditions)))
            .collect(),
        Value::Never => Vec::new(),
        _ if value.is_param() => vec![(EntryKind::Param, here, none)],
        _ => one(HandlerRef::plain("{value}", here, here), here),
    }
}

/// A function of the project as a handler, for every method.
pub fn function_entry(eval: &mut Eval<'_>, id: FnId, named: Location) -> EntryKind {
    let handler = Rc::new(function_handler(eval, id, named));
    let (method, framework) = (Method::Any, Framework::Axum);
    EntryKind::Endpoint(Endpoint { method, handler, decision: None, framework })
}

fn function_handler(eval: &mut Eval<'_>, id: FnId, named: Location) -> HandlerRef {
    let definition = eval.world.location_of(id).unwrap_or(named);
    HandlerRef { function: Some(id), ..HandlerRef::plain(&eval.world.path_of(id), definition, named) }
}

/// The router in a service that is mounted, if there is one.
pub fn service_router(eval: &mut Eval<'_>, value: &Value, place: Place) -> Option<Router> {
    match value {
        Value::Router(router) => Some(router.clone()),
        Value::Decided(_) => None,
        other if other.routers().is_empty() => None,
        other => {
            let what = "this service has a router inside of code of another package, which may add routes";
            Some(serve::carried_router(eval, other, place, what))
        }
    }
}

impl HandlerRef {
    pub fn plain(path: &str, definition: Location, named: Location) -> Self {
        Self { path: path.to_owned(), definition, function: None, named, is_missing: false }
    }
}
